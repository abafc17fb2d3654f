package org.holovitals.server.benchmark;

/** Reads what a server and PostgreSQL use, before and after. */
final class Meter {
    private final Subject subject;
    private final double server;
    private final double database;
    private final long wal;

    private Meter(Subject subject) {
        this.subject = subject;
        this.server = Processes.cpuSeconds(subject.process());
        this.database = Processes.cpuSeconds(subject.store().postmaster());
        this.wal = subject.store().wal();
    }

    /**
     * What was used.
     *
     * @param serverCpu seconds
     * @param databaseCpu seconds
     * @param statements of SQL
     * @param wal bytes of write-ahead log
     */
    record Used(double serverCpu, double databaseCpu, long statements, long wal) {}

    static Meter start(Subject subject) {
        subject.store().forgetStatements();
        return new Meter(subject);
    }

    Used stop() {
        return new Used(
                Processes.cpuSeconds(subject.process()) - server,
                Processes.cpuSeconds(subject.store().postmaster()) - database,
                subject.store().statements(),
                subject.store().wal() - wal);
    }
}
