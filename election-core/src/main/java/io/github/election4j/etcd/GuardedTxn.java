package io.github.election4j.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.Txn;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import io.github.election4j.ElectionException;
import io.github.election4j.Leadership;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * An etcd transaction that commits only while a term lasts (S2): it carries {@code create_revision(key) == token}, so
 * it fails once the leader's key is gone, however long this process was paused before sending it.
 *
 * <p>Not safe for use by several threads; nothing blocks.
 *
 * @since 0.1.0
 */
public final class GuardedTxn {
    private final KV kv;
    private final Leadership leadership;
    private final String namespace;
    private final List<Cmp> compares = new ArrayList<>();
    private final List<Op> then = new ArrayList<>();

    private GuardedTxn(KV kv, Leadership leadership, String namespace) {
        this.kv = kv;
        this.leadership = leadership;
        this.namespace = namespace;
    }

    /**
     * {@return a transaction guarded by a term}
     *
     * @param kv the key-value client to send it with, without a namespace of its own
     * @param leadership the term
     */
    public static GuardedTxn of(KV kv, Leadership leadership) {
        return new GuardedTxn(kv, leadership, "");
    }

    /**
     * {@return a transaction guarded by a term of an election under a namespace}
     *
     * @param kv the key-value client to send it with, without a namespace of its own
     * @param leadership the term
     * @param namespace the namespace that the election was built with
     */
    public static GuardedTxn of(KV kv, Leadership leadership, String namespace) {
        return new GuardedTxn(kv, leadership, namespace);
    }

    /**
     * {@return the guard itself, for transactions of the caller's own}
     *
     * @param leadership the term
     * @param namespace the namespace that the election was built with, empty for none; leave it empty too where the
     *     client has it
     */
    public static Cmp guard(Leadership leadership, String namespace) {
        return new Cmp(key(leadership, namespace), Cmp.Op.EQUAL, CmpTarget.createRevision(leadership.fencingToken()));
    }

    /**
     * Adds conditions.
     *
     * @param conditions must hold too
     * @return this
     */
    public GuardedTxn onlyIf(Cmp... conditions) {
        compares.addAll(Arrays.asList(conditions));
        return this;
    }

    /**
     * Adds operations.
     *
     * @param operations done if the term lasts and every condition holds
     * @return this
     */
    public GuardedTxn then(Op... operations) {
        then.addAll(Arrays.asList(operations));
        return this;
    }

    /**
     * Commits.
     *
     * @return completes with the response, whose {@code isSucceeded()} tells whether the conditions held; exceptionally
     *     with an {@link ElectionException} of kind NOT_LEADER if the term is over, in which case nothing was written;
     *     or with what jetcd failed with, in which case the outcome is unknown
     */
    public CompletableFuture<TxnResponse> commit() {
        if (!leadership.isValid()) {
            return CompletableFuture.failedFuture(lost());
        }
        List<Cmp> guarded = new ArrayList<>(compares);
        guarded.add(guard(leadership, namespace));
        Txn txn = kv.txn().If(guarded.toArray(Cmp[]::new)).Then(then.toArray(Op[]::new));
        return txn.Else(Op.get(key(leadership, namespace), GetOption.DEFAULT))
                .commit()
                .thenApply(this::requireGuardHeld);
    }

    private TxnResponse requireGuardHeld(TxnResponse response) {
        if (!response.isSucceeded()
                && response.getGetResponses().get(0).getKvs().stream()
                        .noneMatch(found -> found.getCreateRevision() == leadership.fencingToken())) {
            throw lost();
        }
        return response;
    }

    private ElectionException lost() {
        return new ElectionException(
                ElectionException.Kind.NOT_LEADER,
                "Term " + leadership.fencingToken() + " under key '"
                        + leadership.leader().key()
                        + "' is over: nothing was written. Stop the work that belongs to it",
                null);
    }

    private static ByteSequence key(Leadership leadership, String namespace) {
        return ByteSequence.from(namespace + leadership.leader().key(), StandardCharsets.UTF_8);
    }
}
