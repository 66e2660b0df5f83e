package io.github.election4j.embedded.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrantResponse;
import org.junit.jupiter.api.Test;

/** Leases by themselves. */
interface LeaseContract extends Contract {
    String EXISTS = "FAILED_PRECONDITION: etcdserver: lease already exists";

    @Test
    default void aGrantHasTheChosenIdAndIsNoRevision() {
        assertThat(etcd().grant(7, 100)).isEqualTo("@0 lease 7 ttl 100");
        assertThat(etcd().grant(Long.MAX_VALUE, 100)).isEqualTo("@0 lease 9223372036854775807 ttl 100");
        assertThat(etcd().grant(-7, 100)).isEqualTo("@0 lease -7 ttl 100");
    }

    @Test
    default void aGrantWithoutAnIdGetsAPositiveOne() {
        LeaseGrantRequest request = LeaseGrantRequest.newBuilder().setTTL(100).build();
        LeaseGrantResponse first = etcd().raw().leases().leaseGrant(request);
        LeaseGrantResponse second = etcd().raw().leases().leaseGrant(request);
        assertThat(first.getID()).isPositive().isNotEqualTo(second.getID());
        assertThat(second.getID()).isPositive();
    }

    @Test
    default void anIdIsGrantedOnce() {
        etcd().grant(7, 100);
        assertThat(etcd().grant(7, 100)).isEqualTo(EXISTS);
        etcd().revoke(7);
        assertThat(etcd().grant(7, 50)).isEqualTo("@0 lease 7 ttl 50");
    }

    @Test
    default void aTimeToLiveIsAtLeastTwoSeconds() {
        assertThat(etcd().grant(7, 1)).isEqualTo("@0 lease 7 ttl 2");
        assertThat(etcd().grant(8, 0)).isEqualTo("@0 lease 8 ttl 2");
        assertThat(etcd().grant(9, -5)).isEqualTo("@0 lease 9 ttl 2");
        assertThat(etcd().grant(10, 3)).isEqualTo("@0 lease 10 ttl 3");
    }

    @Test
    default void aTimeToLiveIsAtMostNineBillionSeconds() {
        assertThat(etcd().grant(7, 9_000_000_000L)).isEqualTo("@0 lease 7 ttl 9000000000");
        assertThat(etcd().grant(8, 9_000_000_001L)).isEqualTo("OUT_OF_RANGE: etcdserver: too large lease TTL");
        assertThat(etcd().timeToLive(8, false)).isEqualTo("@0 lease 8 granted 0 ttl -1 []");
    }

    @Test
    default void aRevokedLeaseIsGone() {
        etcd().grant(7, 100);
        assertThat(etcd().revoke(7)).isEqualTo("@0");
        assertThat(etcd().revoke(7)).isEqualTo(NO_LEASE);
        assertThat(etcd().timeToLive(7, true)).isEqualTo("@0 lease 7 granted 0 ttl -1 []");
    }

    @Test
    default void aLeaseThatNeverWas() {
        assertThat(etcd().revoke(4711)).isEqualTo(NO_LEASE);
        assertThat(etcd().revoke(0)).isEqualTo(NO_LEASE);
        assertThat(etcd().timeToLive(4711, false)).isEqualTo("@0 lease 4711 granted 0 ttl -1 []");
        assertThat(etcd().timeToLive(0, false)).isEqualTo("@0 lease 0 granted 0 ttl -1 []");
        assertThat(etcd().keepAlive(4711)).isEqualTo("@0 lease 4711 ttl 0");
        assertThat(etcd().keepAlive(0)).isEqualTo("@0 lease 0 ttl 0");
    }

    @Test
    default void aKeepAliveAnswersTheGrantedTime() {
        etcd().grant(7, 100);
        etcd().grant(8, 1);
        assertThat(etcd().keepAlive(7)).isEqualTo("@0 lease 7 ttl 100");
        assertThat(etcd().keepAlive(8)).isEqualTo("@0 lease 8 ttl 2");
    }

    @Test
    default void whatRemainsIsAtMostWhatWasGranted() {
        etcd().grant(7, 100);
        assertThat(etcd().remaining(7)).isBetween(90L, 100L);
        assertThat(etcd().timeToLive(7, false)).isEqualTo("@0 lease 7 granted 100 []");
    }
}
