package io.github.election4j.embedded.contract;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/**
 * What etcd answers, to the letter, by version where 3.4 and 3.5 differ: revisions, versions, counts, order, error
 * codes and texts. Whoever runs it, the expectations are the same ones; a rule that a test of the embedded etcd needs
 * belongs here, where the real one is asked as well.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
abstract class EtcdContract
        implements RangeContract,
                SortContract,
                PutContract,
                DeleteContract,
                TxnContract,
                TxnChecksContract,
                CompareContract,
                CompactionContract,
                LeaseContract,
                LeaseKeysContract,
                WatchContract,
                WatchEventsContract,
                WatchHistoryContract {
    private Dialogue dialogue;

    abstract RawEtcd raw();

    @BeforeEach
    final void emptyTheStore() {
        dialogue = Dialogue.onEmptyStore(raw());
    }

    @AfterEach
    final void revokeLeases() {
        dialogue.end();
    }

    @Override
    public final Dialogue etcd() {
        return dialogue;
    }
}
