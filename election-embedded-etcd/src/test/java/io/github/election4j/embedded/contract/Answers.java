package io.github.election4j.embedded.contract;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.etcd.jetcd.api.LeaseTimeToLiveResponse;
import io.etcd.jetcd.api.ResponseHeader;

/** Answers without what two servers cannot have in common: their names, their raft, a clock. */
final class Answers {
    private Answers() {}

    static long revision(Message answer) {
        return header(answer).getRevision();
    }

    private static ResponseHeader header(Message answer) {
        return (ResponseHeader) answer.getField(field(answer));
    }

    private static FieldDescriptor field(Message answer) {
        return answer.getDescriptorForType().findFieldByName("header");
    }

    static Message comparable(Message answer) {
        Message named = answer instanceof LeaseTimeToLiveResponse lease ? withoutClock(lease) : answer;
        if (!named.hasField(field(named))) {
            return named;
        }
        ResponseHeader plain = header(named).toBuilder()
                .clearClusterId()
                .clearMemberId()
                .clearRaftTerm()
                .build();
        return named.toBuilder().setField(field(named), plain).build();
    }

    /** The keys are sorted as well: etcd keeps them in a map, which has no order. */
    private static LeaseTimeToLiveResponse withoutClock(LeaseTimeToLiveResponse lease) {
        LeaseTimeToLiveResponse.Builder plain = lease.toBuilder().clearKeys();
        lease.getKeysList().stream()
                .sorted(ByteString.unsignedLexicographicalComparator())
                .forEach(plain::addKeys);
        if (lease.getTTL() >= 0 && lease.getTTL() <= lease.getGrantedTTL()) {
            plain.clearTTL();
        }
        return plain.build();
    }
}
