package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** P4: etcd bounds the operations of a transaction by 128, and so many elections share a beat. */
class GroupsTests {
    private final Groups groups = new Groups();

    @Test
    void fillOneAfterTheOther() {
        List<Integer> entered =
                IntStream.range(0, 250).mapToObj(each -> groups.enter()).toList();

        assertThat(entered.subList(0, 100)).containsOnly(0);
        assertThat(entered.subList(100, 200)).containsOnly(1);
        assertThat(entered.subList(200, 250)).containsOnly(2);
    }

    @Test
    void takeInAnotherWhereOneHasLeft() {
        IntStream.range(0, 150).forEach(each -> groups.enter());

        groups.leave(0);

        assertThat(groups.enter()).isZero();
        assertThat(groups.enter()).isEqualTo(1);
    }
}
