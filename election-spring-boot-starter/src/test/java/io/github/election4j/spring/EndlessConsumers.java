package io.github.election4j.spring;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

/** Makes consumers of Kafka's own for tests: with each poll they find another record. */
final class EndlessConsumers extends DefaultKafkaConsumerFactory<Object, Object> {
    private final TopicPartition partition;

    EndlessConsumers(String topic) {
        super(Map.of());
        this.partition = new TopicPartition(topic, 0);
    }

    @Override
    protected Consumer<Object, Object> createRawConsumer(Map<String, Object> settings) {
        return new Endless();
    }

    private final class Endless extends MockConsumer<Object, Object> {
        private long offset;

        Endless() {
            super("earliest");
            updateBeginningOffsets(Map.of(partition, 0L));
        }

        @Override
        public synchronized ConsumerRecords<Object, Object> poll(Duration timeout) {
            if (assignment().isEmpty()) {
                rebalance(List.of(partition));
            }
            if (paused().isEmpty()) {
                addRecord(new ConsumerRecord<>(partition.topic(), partition.partition(), offset++, "key", "order"));
            }
            return super.poll(timeout);
        }
    }
}
