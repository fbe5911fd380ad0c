using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Swarms.Hub.Storage.Model;

/// <summary>The schema, its migrations and the queries. Only <see cref="EventRow"/>s are written by prepared commands, for speed.</summary>
internal class HubDbContext : DbContext
{
    public HubDbContext(DbContextOptions<HubDbContext> options)
        : base(options)
    {
    }

    /// <summary>For the context of another database.</summary>
    protected HubDbContext(DbContextOptions options)
        : base(options)
    {
    }

    public DbSet<SettingRow> Settings => Set<SettingRow>();

    public DbSet<RoomRow> Rooms => Set<RoomRow>();

    public DbSet<MemberRow> Members => Set<MemberRow>();

    public DbSet<TokenRow> Tokens => Set<TokenRow>();

    public DbSet<ReturnLinkRow> ReturnLinks => Set<ReturnLinkRow>();

    public DbSet<BanRow> Bans => Set<BanRow>();

    public DbSet<InviteRow> Invites => Set<InviteRow>();

    public DbSet<EmbedRow> Embeds => Set<EmbedRow>();

    public DbSet<RunRow> Runs => Set<RunRow>();

    public DbSet<RunGroupRow> RunGroups => Set<RunGroupRow>();

    public DbSet<HiddenRunRow> HiddenRuns => Set<HiddenRunRow>();

    public DbSet<RunKeyRow> RunKeys => Set<RunKeyRow>();

    public DbSet<ReactionRow> Reactions => Set<ReactionRow>();

    public DbSet<AgentRow> Agents => Set<AgentRow>();

    public DbSet<AgentSecretRow> AgentSecrets => Set<AgentSecretRow>();

    public DbSet<AttendanceRow> Attendance => Set<AttendanceRow>();

    public DbSet<SpendingRow> Spending => Set<SpendingRow>();

    public DbSet<HubSpendingRow> HubSpending => Set<HubSpendingRow>();

    public DbSet<PassageReactionRow> PassageReactions => Set<PassageReactionRow>();

    public DbSet<EventRow> Events => Set<EventRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // Times are stored as milliseconds since 1970: short, sortable, and as exact as the wire.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMillisecondsConverter>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<SettingRow>(row => row.ToTable("settings").HasKey(s => s.Name));
        modelBuilder.Entity<RoomRow>(row =>
        {
            row.ToTable("rooms").HasKey(r => r.Key);
            row.Property(r => r.Name).HasConversion<StoredText>();
            row.HasIndex(r => r.Id).IsUnique();
            row.HasIndex(r => r.Key).HasFilter("\"HasRemains\"").HasDatabaseName("IX_rooms_remains");
            row.HasIndex(r => new { r.LaneRoomKey, r.LaneRunId }).HasFilter("\"LaneRoomKey\" IS NOT NULL");
        });
        modelBuilder.Entity<MemberRow>(row =>
        {
            row.ToTable("members").HasKey(m => m.Id);
            row.Property(m => m.Name).HasConversion<StoredText>();
            row.HasIndex(m => m.RoomKey);
            row.HasIndex(m => new { m.RoomKey, m.NameKey }).HasFilter("\"NameKey\" IS NOT NULL");
            row.HasIndex(m => new { m.RoomKey, m.NameLook }).HasFilter("\"NameLook\" IS NOT NULL");
        });
        modelBuilder.Entity<TokenRow>(row =>
        {
            row.ToTable("tokens").HasKey(t => t.Hash);
            row.HasIndex(t => t.MemberId);
            row.HasIndex(t => t.SessionHash).HasFilter("\"SessionHash\" IS NOT NULL");
        });
        modelBuilder.Entity<ReturnLinkRow>(row =>
        {
            row.ToTable("return_links").HasKey(l => l.MemberId);
            row.HasIndex(l => l.Hash).IsUnique();
        });
        modelBuilder.Entity<BanRow>(row =>
        {
            row.ToTable("bans").HasKey(b => b.Id);
            row.Property(b => b.Name).HasConversion<StoredText>();
            row.HasIndex(b => new { b.RoomKey, b.SessionHash });
        });
        modelBuilder.Entity<InviteRow>(row =>
        {
            row.ToTable("invites").HasKey(i => i.Id);
            row.HasIndex(i => i.SecretHash).IsUnique();
            row.HasIndex(i => i.CodeHash).IsUnique();
            row.HasIndex(i => i.RoomKey);
        });
        modelBuilder.Entity<EmbedRow>(row =>
        {
            row.ToTable("embeds").HasKey(e => e.Id);
            row.HasIndex(e => e.Hash).IsUnique();
            row.HasIndex(e => e.RoomKey);
        });
        modelBuilder.Entity<RunRow>(row =>
        {
            row.ToTable("runs").HasKey(r => r.Id);
            row.Property(r => r.Task).HasConversion<StoredText>();
            row.Property(r => r.Text).HasConversion<StoredText>();
            row.HasIndex(r => new { r.RoomKey, r.FirstSequence });
            row.HasIndex(r => r.RoomKey).HasFilter("NOT \"HasEnded\"").HasDatabaseName("IX_runs_open");
            row.HasIndex(r => new { r.RoomKey, r.ThreadRoot, r.FirstSequence }).HasFilter("\"ThreadRoot\" IS NOT NULL");
        });
        modelBuilder.Entity<RunGroupRow>(row =>
        {
            row.ToTable("run_groups").HasKey(g => new { g.RoomKey, g.Id });
            row.HasIndex(g => new { g.RoomKey, g.FirstSequence });
        });
        modelBuilder.Entity<HiddenRunRow>(row =>
        {
            row.ToTable("hidden_runs").HasKey(r => r.RunId);
            row.HasIndex(r => new { r.RoomKey, r.GroupId });
        });
        modelBuilder.Entity<RunKeyRow>(row =>
        {
            row.ToTable("run_keys").HasKey(k => new { k.MemberId, k.Key });
            row.Property(k => k.Key).HasConversion<StoredText>();
            row.HasIndex(k => k.RoomKey);
        });
        modelBuilder.Entity<ReactionRow>(row =>
        {
            row.ToTable("reactions").HasKey(r => new { r.RoomKey, r.Target, r.MemberId, r.Emoji });
            row.Property(r => r.Emoji).HasConversion<StoredText>();
            // Transcripts find the reactions of a page that were not taken back.
            row.HasIndex(r => new { r.RoomKey, r.Sequence });
        });
        modelBuilder.Entity<PassageReactionRow>(row =>
        {
            row.ToTable("passage_reactions").HasKey(r => new { r.RoomKey, r.Target, r.MemberId, r.Emoji, r.Passage });
            row.Property(r => r.Emoji).HasConversion<StoredText>();
            row.HasIndex(r => new { r.RoomKey, r.Sequence });
        });
        modelBuilder.Entity<AgentRow>(row => row.ToTable("agents").HasKey(a => new { a.RoomKey, a.Id }));
        modelBuilder.Entity<AgentSecretRow>(row =>
            row.ToTable("agent_secrets").HasKey(s => new { s.RoomKey, s.AgentId, s.Place }));
        modelBuilder.Entity<SpendingRow>(row =>
        {
            row.ToTable("spending").HasKey(s => s.RoomKey);
            row.Property(s => s.RoomKey).ValueGeneratedNever();
        });
        modelBuilder.Entity<HubSpendingRow>(row =>
        {
            row.ToTable("hub_spending").HasKey(s => s.Day);
            row.Property(s => s.Day).ValueGeneratedNever();
        });
        modelBuilder.Entity<AttendanceRow>(row =>
        {
            row.ToTable("attendance").HasKey(a => new { a.RoomKey, a.MemberId, a.CameAt });
            row.HasIndex(a => a.RoomKey).HasFilter("\"IsOpen\"").HasDatabaseName("IX_attendance_open");
        });
        modelBuilder.Entity<EventRow>(row =>
        {
            row.ToTable("events").HasKey(e => new { e.RoomKey, e.Sequence });
            row.Property(e => e.Type).HasConversion<StoredText>();
            // Loading a room finds people's events among a million chunks by this index.
            row.HasIndex(e => new { e.RoomKey, e.Sequence }).HasFilter("\"Run\" IS NULL").HasDatabaseName("IX_events_people");
        });
    }

    internal sealed class UnixMillisecondsConverter() : ValueConverter<DateTimeOffset, long>(
        time => time.ToUnixTimeMilliseconds(), milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
}
