package io.github.election4j.benchmarks.peer;

import io.github.election4j.benchmarks.store.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.integration.leader.Context;
import org.springframework.integration.leader.DefaultCandidate;
import org.springframework.integration.leader.event.LeaderEventPublisher;
import org.springframework.integration.redis.util.RedisLockRegistry;
import org.springframework.integration.support.leader.LockRegistryLeaderInitiator;

/** Spring Integration's leader by a lock in Redis. Its members do not queue up: they try. */
final class SpringRedisPeer implements Peer {
    @Override
    public String name() {
        return "Spring Integration, Redis";
    }

    @Override
    public String version() {
        return String.valueOf(LockRegistryLeaderInitiator.class.getPackage().getImplementationVersion());
    }

    @Override
    public Kind store() {
        return Kind.REDIS;
    }

    @Override
    public Connection connect(String address, Duration lease) {
        String[] hostAndPort = address.split(":");
        LettuceConnectionFactory redis = new LettuceConnectionFactory(hostAndPort[0], Integer.parseInt(hostAndPort[1]));
        redis.afterPropertiesSet();
        redis.start();
        RedisLockRegistry locks = new RedisLockRegistry(redis, "elections", lease.toMillis());
        return new RedisConnection(redis, locks);
    }

    private record RedisConnection(
            LettuceConnectionFactory redis, RedisLockRegistry locks, List<LockRegistryLeaderInitiator> initiators)
            implements Connection {
        RedisConnection(LettuceConnectionFactory redis, RedisLockRegistry locks) {
            this(redis, locks, new CopyOnWriteArrayList<>());
        }

        @Override
        public Contestant join(String election, String id) {
            LockRegistryLeaderInitiator initiator =
                    new LockRegistryLeaderInitiator(locks, new DefaultCandidate(id, election));
            initiator.setLeaderEventPublisher(new Deaf());
            initiator.start();
            initiators.add(initiator);
            return new Member(initiator);
        }

        @Override
        public void close() {
            initiators.forEach(LockRegistryLeaderInitiator::stop);
            redis.destroy();
        }
    }

    private record Member(LockRegistryLeaderInitiator initiator) implements Contestant {
        @Override
        public boolean isLeader() {
            return initiator.getContext().isLeader();
        }

        @Override
        public void handOver() {
            initiator.getContext().yield();
        }

        @Override
        public int queued() {
            return NO_QUEUE;
        }

        @Override
        public String first() {
            return "unknown, for there is no queue";
        }
    }

    /** The scenarios ask contexts who leads; the initiator cannot do without a publisher of events. */
    private static final class Deaf implements LeaderEventPublisher {
        @Override
        public void publishOnGranted(Object source, Context context, String role) {}

        @Override
        public void publishOnRevoked(Object source, Context context, String role) {}

        @Override
        public void publishOnFailedToAcquire(Object source, Context context, String role) {}
    }
}
