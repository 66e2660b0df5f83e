package io.github.election4j.rig;

/** What an operator may do to etcd, or etcd by itself. */
final class OperatorBlows {
    private OperatorBlows() {}

    /** It is gone, or there in another life. */
    record DeletedKey(Rig rig, String key, String createRevision) implements Blow {
        static DeletedKey of(Rig rig) {
            String key = rig.leaderKey();
            return new DeletedKey(rig, key, createRevision(rig, key));
        }

        @Override
        public void strike() {
            rig.etcdctl("del", key);
        }

        @Override
        public boolean tookEffect() {
            return !createRevision(rig, key).equals(createRevision);
        }

        private static String createRevision(Rig rig, String key) {
            return Rig.field(rig.etcdctl("get", key, "-w", "fields"), "CreateRevision");
        }
    }

    /** etcd does not know it any more. */
    record RevokedLease(Rig rig, String lease) implements Blow {
        static RevokedLease of(Rig rig) {
            String key = rig.leaderKey();
            return new RevokedLease(rig, key.substring(key.lastIndexOf('/') + 1));
        }

        @Override
        public void strike() {
            rig.etcdctl("lease", "revoke", lease);
        }

        @Override
        public boolean tookEffect() {
            return rig.etcdctl("lease", "timetolive", lease).contains("already expired");
        }
    }

    /** What was before cannot be read any more. */
    record Compaction(Rig rig, long revision) implements Blow {
        static Compaction of(Rig rig) {
            return new Compaction(rig, Long.parseLong(Rig.field(rig.etcdctl("get", "x", "-w", "fields"), "Revision")));
        }

        @Override
        public void strike() {
            rig.etcdctl("compact", Long.toString(revision));
        }

        @Override
        public boolean tookEffect() {
            try {
                rig.etcds().get(0).etcdctl("get", "x", "--rev", Long.toString(revision - 1));
                return false;
            } catch (IllegalStateException refused) {
                return String.valueOf(refused.getMessage()).contains("has been compacted");
            }
        }
    }

    /** The other one leads. */
    record MovedRaftLeader(RigEtcd from, RigEtcd to) implements Blow {
        @Override
        public void strike() {
            String id = Rig.field(to.etcdctl("endpoint", "status", "-w", "fields"), "MemberID");
            from.etcdctl("move-leader", Long.toHexString(Long.parseUnsignedLong(id)));
        }

        @Override
        public boolean tookEffect() {
            return to.leads();
        }
    }
}
