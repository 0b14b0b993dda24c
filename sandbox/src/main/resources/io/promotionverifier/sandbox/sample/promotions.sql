-- Phase A of every promotion: column, backfill, constraint, index. Then what the verifier's doctor recommends.

-- PROMO-001. NOT NULL of its phase B is left out: rows without the key exist, and the application writes them.
ALTER TABLE nexus_cases
  ADD COLUMN priority TEXT CHECK (priority IN ('low', 'normal', 'high', 'urgent'));
UPDATE nexus_cases
SET priority = metadata->>'priority'
WHERE metadata->>'priority' IS NOT NULL;
CREATE INDEX idx_nexus_cases_priority ON nexus_cases(priority);

-- PROMO-002: an index, no column.
CREATE INDEX idx_nexus_tenants_feature_flags ON nexus_tenants USING gin ((settings->'feature_flags'));

-- PROMO-003
ALTER TABLE nexus_users ADD COLUMN ui_theme TEXT;
UPDATE nexus_users
SET ui_theme = preferences->'ui'->>'theme'
WHERE preferences->'ui'->>'theme' IS NOT NULL;
CREATE INDEX idx_nexus_users_ui_theme ON nexus_users(ui_theme);

-- context_events, proposal 1. IN (…, NULL) of the column definition would accept anything; step 3 has the right check.
ALTER TABLE context_events
ADD COLUMN source_type text;
UPDATE context_events
SET source_type = metadata->>'source'
WHERE metadata->>'source' IS NOT NULL
  AND metadata->>'source' IN ('guardrails', 'trip', 'planner');
ALTER TABLE context_events
ADD CONSTRAINT check_source_type
  CHECK (source_type IS NULL OR source_type IN ('guardrails', 'trip', 'planner'));
CREATE INDEX idx_context_events_source_type
  ON context_events(source_type)
  WHERE source_type IS NOT NULL;

-- context_events, proposal 2
ALTER TABLE context_events
ADD COLUMN source_roadmap_item_id uuid;
UPDATE context_events
SET source_roadmap_item_id = (metadata->>'roadmap_item_id')::uuid
WHERE metadata->>'roadmap_item_id' IS NOT NULL
  AND (metadata->>'roadmap_item_id')::uuid IN (
    SELECT id FROM roadmap_items
  );
ALTER TABLE context_events
ADD CONSTRAINT fk_context_events_source_roadmap_item
  FOREIGN KEY (source_roadmap_item_id)
  REFERENCES roadmap_items(id) ON DELETE SET NULL;
CREATE INDEX idx_context_events_source_roadmap_item
  ON context_events(source_roadmap_item_id)
  WHERE source_roadmap_item_id IS NOT NULL;

-- context_events, proposal 3: itinerary items live elsewhere, so no foreign key.
ALTER TABLE context_events
ADD COLUMN source_itinerary_item_id uuid
  DEFAULT NULL;
UPDATE context_events
SET source_itinerary_item_id = (metadata->>'itinerary_item_id')::uuid
WHERE metadata->>'itinerary_item_id' IS NOT NULL;
CREATE INDEX idx_context_events_source_itinerary_item
  ON context_events(source_itinerary_item_id)
  WHERE source_itinerary_item_id IS NOT NULL;

-- workflow_history: the other types.
ALTER TABLE workflow_history
  ADD COLUMN plan_seconds numeric(10,3),
  ADD COLUMN content_type content_type,
  ADD COLUMN finished_at timestamptz,
  ADD COLUMN cache_hit boolean,
  ADD COLUMN retry_count integer,
  ADD COLUMN tokens_saved bigint;
UPDATE workflow_history
SET plan_seconds = (phase_durations->>'plan')::numeric(10,3),
    content_type = (metrics->>'content_type')::content_type,
    finished_at = (metrics->>'finished_at')::timestamptz,
    cache_hit = (metrics->>'cache_hit')::boolean,
    retry_count = (metrics->>'retry_count')::integer,
    tokens_saved = (metrics->>'tokens_saved')::bigint;
CREATE INDEX idx_workflow_history_finished_at ON workflow_history(finished_at);

-- The old row image then holds the whole row, out-of-line documents too.
ALTER TABLE nexus_cases REPLICA IDENTITY FULL;
ALTER TABLE nexus_users REPLICA IDENTITY FULL;
ALTER TABLE context_events REPLICA IDENTITY FULL;
ALTER TABLE workflow_history REPLICA IDENTITY FULL;

ANALYZE;
