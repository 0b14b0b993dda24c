package io.promotionverifier.kafka.topic;

/** What is not as it should be with a topic on the broker. */
public sealed interface TopicProblem {
    /** The topic's name on the broker. */
    String topic();

    /** True when the verifier must not run on it. */
    boolean refuses();

    /** One sentence: what is wrong and what to do. */
    String sentence();

    /**
     * The topic does not exist.
     *
     * @param topic its name
     */
    record Missing(String topic) implements TopicProblem {
        @Override
        public boolean refuses() {
            return true;
        }

        @Override
        public String sentence() {
            return "topic " + topic + " does not exist: run `setup`";
        }
    }

    /**
     * The topic has more than one partition: its order is lost.
     *
     * @param topic its name
     * @param found how many it has
     */
    record Partitions(String topic, int found) implements TopicProblem {
        @Override
        public boolean refuses() {
            return true;
        }

        @Override
        public String sentence() {
            return "topic " + topic + " has " + found + " partitions, not 1: delete it and run `setup`,"
                    + " or choose another kafka.prefix";
        }
    }

    /**
     * A setting differs.
     *
     * @param topic its name
     * @param key the setting as the broker spells it
     * @param found its value on the broker
     * @param wanted the value that we would set
     */
    record Setting(String topic, String key, String found, String wanted) implements TopicProblem {
        /** The wrong cleanup loses aborts or never forgets; all else costs time, space or past. */
        @Override
        public boolean refuses() {
            return key.equals("cleanup.policy");
        }

        @Override
        public String sentence() {
            return "topic " + topic + " has " + key + "=" + found + ", not " + wanted
                    + ": kafka-configs.sh --alter --entity-type topics --entity-name " + topic + " --add-config " + key
                    + "=" + wanted;
        }
    }
}
