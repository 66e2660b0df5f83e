package io.github.election4j.benchmarks.store;

import io.github.election4j.testing.EtcdCluster;
import io.github.election4j.testing.EtcdServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** Real etcd servers; what they did is read from their metrics. */
final class EtcdStore implements Store {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final List<EtcdServer> members;
    private final Runnable closer;

    private EtcdStore(List<EtcdServer> members, Runnable closer) {
        this.members = List.copyOf(members);
        this.closer = closer;
    }

    static Store start() {
        EtcdServer server = EtcdServer.start();
        return new EtcdStore(List.of(server), server::close);
    }

    static Store startCluster() {
        EtcdCluster cluster = EtcdCluster.start();
        return new EtcdStore(cluster.members(), cluster::close);
    }

    @Override
    public String address() {
        return String.join(",", members.stream().map(EtcdServer::endpoint).toList());
    }

    @Override
    public InetSocketAddress socket() {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), members.get(0).port());
    }

    /** Every member applies each put; requests are counted where they arrive. */
    @Override
    public Usage usage() {
        List<List<String>> metrics = members.stream().map(EtcdStore::metrics).toList();
        List<String> all = metrics.stream().flatMap(List::stream).toList();
        List<String> first = metrics.get(0);
        return new Usage(
                Metrics.sum(first, "etcd_mvcc_put_total"),
                Metrics.sum(all, "grpc_server_msg_received_total"),
                Metrics.sum(all, "etcd_debugging_mvcc_events_total"),
                Metrics.sum(first, "etcd_debugging_mvcc_total_put_size_in_bytes"),
                Metrics.sum(all, "process_cpu_seconds_total"));
    }

    @Override
    public String version() {
        String told = String.join("", get(members.get(0), "/version"));
        String server = told.replaceAll(".*\"etcdserver\":\"([^\"]*)\".*", "$1");
        return (members.size() == 1 ? "etcd " : members.size() + " members of etcd ") + server;
    }

    @Override
    public void close() {
        closer.run();
    }

    private static List<String> metrics(EtcdServer member) {
        return get(member, "/metrics");
    }

    private static List<String> get(EtcdServer member, String path) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(member.endpoint() + path)).build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
