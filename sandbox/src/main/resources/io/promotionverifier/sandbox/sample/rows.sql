-- 9,340 rows, the same ones every time. Documents hold other keys, all forms of absence, and spellings that only the
-- column's type shows to be equal (upper-case uuids, JSON strings for numbers, digits that numeric(10,3) rounds away).

INSERT INTO nexus_tenants (id, name, settings)
SELECT md5('tenant' || i)::uuid, 'Tenant ' || i,
       jsonb_build_object('plan', (ARRAY['free', 'team', 'business'])[1 + i % 3],
         'feature_flags', jsonb_build_object('ai_reports', i % 3 = 0, 'exports', i % 2 = 0))
FROM generate_series(1, 40) AS i;

INSERT INTO nexus_cases (title, status, metadata)
SELECT 'Case ' || i, (ARRAY['open', 'waiting', 'closed'])[1 + i % 3],
       CASE WHEN i % 97 = 0 THEN NULL
       ELSE jsonb_build_object('channel', (ARRAY['email', 'phone', 'chat', 'web'])[1 + i % 4],
              'tags', jsonb_build_array('t' || i % 7, 't' || i % 11),
              'sla', jsonb_build_object('hours', 4 * (1 + i % 6), 'priority', 'not this one'))
         || CASE WHEN i % 13 = 0 THEN '{}'
                 WHEN i % 31 = 0 THEN '{"priority": null}'
                 ELSE jsonb_build_object('priority', (ARRAY['low', 'normal', 'high', 'urgent'])[1 + i * 7 % 4]) END
         -- Too long for the page and incompressible: stored out of line.
         || CASE WHEN i % 50 = 1 THEN jsonb_build_object('transcript',
                   (SELECT string_agg(md5(i || '-' || line), '') FROM generate_series(1, 120) AS line))
                 ELSE '{}' END
       END
FROM generate_series(1, 4000) AS i;

INSERT INTO nexus_users (id, email, preferences)
SELECT md5('user' || i)::uuid, 'user' || i || '@example.com',
       jsonb_build_object('locale', (ARRAY['de-DE', 'en-GB', 'es-ES'])[1 + i % 3], 'newsletter', i % 5 = 0)
         || CASE WHEN i % 17 = 0 THEN '{}'
                 WHEN i % 19 = 0 THEN jsonb_build_object('ui', jsonb_build_object('density', 'cosy'))
                 ELSE jsonb_build_object('ui', jsonb_build_object('density', 'compact',
                        'theme', (ARRAY['light', 'dark', 'system'])[1 + i * 5 % 3])) END
FROM generate_series(1, 1500) AS i;

INSERT INTO roadmap_items (id, title, status, start_date)
SELECT md5('roadmap' || i)::uuid, 'Roadmap item ' || i, (ARRAY['active', 'completed', 'blocked'])[1 + i % 3],
       DATE '2025-01-01' + i
FROM generate_series(1, 300) AS i;

INSERT INTO context_events (id, context_id, title, start_at, metadata)
SELECT md5('event' || i)::uuid, md5('context' || i % 50)::uuid, 'Event ' || i,
       TIMESTAMPTZ '2025-01-06T08:00:00Z' + i * INTERVAL '37 minutes',
       jsonb_build_object('color', (ARRAY['red', 'teal', 'amber'])[1 + i % 3],
                          'reminders', jsonb_build_array(10, 60))
         || CASE i % 4
              WHEN 0 THEN jsonb_build_object('source', 'guardrails', 'roadmap_item_id',
                            CASE WHEN i % 36 = 0 THEN upper(md5('roadmap' || 1 + i % 300)::uuid::text)
                                 ELSE md5('roadmap' || 1 + i % 300)::uuid::text END)
              WHEN 1 THEN jsonb_build_object('source', 'trip', 'itinerary_item_id',
                            md5('itinerary' || i % 700)::uuid)
              WHEN 2 THEN jsonb_build_object('source', 'planner', 'roadmap_item_id',
                            md5('roadmap' || 1 + i * 7 % 300)::uuid)
              ELSE '{}' END
FROM generate_series(1, 2000) AS i;

INSERT INTO workflow_history (adw_id, status, phase_durations, metrics)
SELECT 'adw-' || i, CASE WHEN i % 9 = 0 THEN 'failed' ELSE 'completed' END,
       CASE WHEN i % 41 = 0 THEN NULL
       ELSE jsonb_build_object('validate', round((i % 900)::numeric / 7, 1), 'build', 300 + i % 50)
         || CASE WHEN i % 23 = 0 THEN '{}'
                 WHEN i % 29 = 0 THEN jsonb_build_object('plan', (i::numeric / 8)::text)
                 ELSE jsonb_build_object('plan', round(i::numeric * 120.5 / 13, 1 + i % 4)) END
       END,
       CASE WHEN i % 61 = 0 THEN '{"model": "base", "cache_hit": null}'
       ELSE jsonb_build_object('model', (ARRAY['base', 'large'])[1 + i % 2],
         'content_type', (ARRAY['material', 'ai_response', 'note_article', 'creation_log', 'generated'])[1 + i % 5],
         'finished_at', to_char(TIMESTAMP '2025-01-10 06:00:00.125' + i * INTERVAL '13 minutes',
                          'YYYY-MM-DD"T"HH24:MI:SS.US') || CASE WHEN i % 3 = 0 THEN '+02:00' ELSE 'Z' END,
         'cache_hit', i % 3 = 0,
         'retry_count', CASE WHEN i % 10 = 0 THEN to_jsonb((i % 4)::text) ELSE to_jsonb(i % 4) END)
         || CASE WHEN i % 6 = 0 THEN '{}'
                 ELSE jsonb_build_object('tokens_saved', 9007199254740993 + i * 1000003::bigint) END
       END
FROM generate_series(1, 1500) AS i;
