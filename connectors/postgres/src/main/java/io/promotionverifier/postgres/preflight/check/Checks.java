package io.promotionverifier.postgres.preflight.check;

import java.util.List;

/** All checks, in the order in which they are shown and in which their statements can be run. */
public final class Checks {
    /** The server, the role, the tables, the publication, the slot: what comes later builds on what came before. */
    public static final List<Check> ALL = List.of(
            new ServerVersionCheck(),
            new PrimaryCheck(),
            new RouteCheck(),
            new WalLevelCheck(),
            new SlotRoomCheck(),
            new WalSenderRoomCheck(),
            new WalRetentionCheck(),
            new IdleTimeoutCheck(),
            new SenderTimeoutCheck(),
            new SessionTimeoutCheck(),
            new StandbySlotsCheck(),
            new OldestTransactionCheck(),
            new ReplicationRoleCheck(),
            new ConnectionLimitCheck(),
            new FunctionsCheck(),
            new EnumTypesCheck(),
            new TableCheck(),
            new TableNamesCheck(),
            new LoggedCheck(),
            new PrimaryKeyCheck(),
            new PromotionCheck(),
            new ColumnDefaultCheck(),
            new CheckConstraintCheck(),
            new SelectCheck(),
            new RowSecurityCheck(),
            new SuspectsCheck(),
            new PublicationRightsCheck(),
            new PublicationCheck(),
            new PublicationColumnsCheck(),
            new ReplicaIdentityCheck(),
            new SlotCheck(),
            new SlotBudgetCheck(),
            new FailoverSlotCheck());

    private Checks() {}
}
