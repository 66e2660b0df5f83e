package io.github.election4j.embedded.contract;

import io.etcd.jetcd.api.WatchCreateRequest;
import io.grpc.Status;
import java.time.Duration;

/** A Watch stream whose answers are shown. */
final class WatchDialogue implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final RecordedWatch watch;
    private final Shown shown;

    WatchDialogue(RecordedWatch watch, Shown shown) {
        this.watch = watch;
        this.shown = shown;
    }

    /** Asks for a watcher and shows the answer. */
    String create(WatchCreateRequest.Builder request) {
        watch.create(request);
        return next();
    }

    /** Asks for a watcher's end and shows the answer. */
    String cancel(long watchId) {
        watch.cancel(watchId);
        return next();
    }

    String progress() {
        watch.askForProgress();
        return next();
    }

    String next() {
        return shown.watch(watch.next());
    }

    /** How the server ends the stream. */
    String end() {
        return watch.poll(LIMIT) instanceof Status status ? Shown.status(status) : "not ended";
    }

    void halfClose() {
        watch.close();
    }

    void send(WatchCreateRequest.Builder request) {
        watch.create(request);
    }

    void sendProgress() {
        watch.askForProgress();
    }

    void sendCancel(long watchId) {
        watch.cancel(watchId);
    }

    @Override
    public void close() {
        watch.close();
    }
}
