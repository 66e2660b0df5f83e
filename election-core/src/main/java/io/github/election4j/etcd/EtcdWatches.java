package io.github.election4j.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.watch.WatchEvent;
import io.github.election4j.spi.StoreException;
import java.util.List;

/** Watches over one client. All of them end when it is closed. */
interface EtcdWatches {
    /**
     * Watches a range of keys until the watch ends, for whatever cause; it is not resumed. Every watch asks for a
     * leader: a member without quorum ends it instead of being silent.
     *
     * @param from the first key
     * @param to the end of the range, itself not part of it; empty for the first key alone
     * @param fromRevision the first revision of interest; one that is still to come is told of sooner than one that is
     *     history already
     * @param observer hears the watch
     * @return ends the watch, without telling the observer, who may still hear what is under way; does not block
     */
    Runnable watch(ByteSequence from, ByteSequence to, long fromRevision, Observer observer);

    /**
     * Hears a watch. Calls do not overlap; they come on threads that other watches need as well, so they return soon.
     * An observer that throws has its watch ended.
     */
    interface Observer {
        /** Called once, before anything else but an end, when etcd has created the watch. */
        void onCreated();

        /**
         * Called for each batch of events, in the order of revisions. Those of one revision are never divided.
         *
         * @param events the events, at least one
         */
        void onEvents(List<WatchEvent> events);

        /**
         * Called once when the watch has ended, unless at the wish of who opened it.
         *
         * @param cause why
         */
        void onEnd(StoreException cause);
    }
}
