using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Swarms.Hub.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Lessons : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "RetentionSeconds",
                table: "rooms",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Settings",
                table: "rooms",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Sequence",
                table: "reactions",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "HandRaisedAt",
                table: "members",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsRoleLowered",
                table: "members",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "NameKey",
                table: "members",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "NameLook",
                table: "members",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "Unmoderated",
                table: "members",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "agent_secrets",
                columns: table => new
                {
                    RoomKey = table.Column<long>(type: "INTEGER", nullable: false),
                    AgentId = table.Column<string>(type: "TEXT", nullable: false),
                    Place = table.Column<string>(type: "TEXT", nullable: false),
                    Value = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_agent_secrets", x => new { x.RoomKey, x.AgentId, x.Place });
                });

            migrationBuilder.CreateTable(
                name: "agents",
                columns: table => new
                {
                    RoomKey = table.Column<long>(type: "INTEGER", nullable: false),
                    Id = table.Column<string>(type: "TEXT", nullable: false),
                    FirstSequence = table.Column<long>(type: "INTEGER", nullable: false),
                    View = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_agents", x => new { x.RoomKey, x.Id });
                });

            migrationBuilder.CreateTable(
                name: "attendance",
                columns: table => new
                {
                    RoomKey = table.Column<long>(type: "INTEGER", nullable: false),
                    MemberId = table.Column<string>(type: "TEXT", nullable: false),
                    CameAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastAt = table.Column<long>(type: "INTEGER", nullable: false),
                    IsOpen = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_attendance", x => new { x.RoomKey, x.MemberId, x.CameAt });
                });

            migrationBuilder.CreateTable(
                name: "passage_reactions",
                columns: table => new
                {
                    RoomKey = table.Column<long>(type: "INTEGER", nullable: false),
                    Target = table.Column<long>(type: "INTEGER", nullable: false),
                    MemberId = table.Column<string>(type: "TEXT", nullable: false),
                    Emoji = table.Column<string>(type: "TEXT", nullable: false),
                    Passage = table.Column<string>(type: "TEXT", nullable: false),
                    RunId = table.Column<string>(type: "TEXT", nullable: false),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_passage_reactions", x => new { x.RoomKey, x.Target, x.MemberId, x.Emoji, x.Passage });
                });

            migrationBuilder.CreateIndex(
                name: "IX_reactions_RoomKey_Sequence",
                table: "reactions",
                columns: new[] { "RoomKey", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_members_RoomKey_NameKey",
                table: "members",
                columns: new[] { "RoomKey", "NameKey" },
                filter: "\"NameKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_members_RoomKey_NameLook",
                table: "members",
                columns: new[] { "RoomKey", "NameLook" },
                filter: "\"NameLook\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_attendance_open",
                table: "attendance",
                column: "RoomKey",
                filter: "\"IsOpen\"");

            migrationBuilder.CreateIndex(
                name: "IX_passage_reactions_RoomKey_Sequence",
                table: "passage_reactions",
                columns: new[] { "RoomKey", "Sequence" });

            TalkData.Fill(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "agent_secrets");

            migrationBuilder.DropTable(
                name: "agents");

            migrationBuilder.DropTable(
                name: "attendance");

            migrationBuilder.DropTable(
                name: "passage_reactions");

            migrationBuilder.DropIndex(
                name: "IX_reactions_RoomKey_Sequence",
                table: "reactions");

            migrationBuilder.DropIndex(
                name: "IX_members_RoomKey_NameKey",
                table: "members");

            migrationBuilder.DropIndex(
                name: "IX_members_RoomKey_NameLook",
                table: "members");

            migrationBuilder.DropColumn(
                name: "RetentionSeconds",
                table: "rooms");

            migrationBuilder.DropColumn(
                name: "Settings",
                table: "rooms");

            migrationBuilder.DropColumn(
                name: "Sequence",
                table: "reactions");

            migrationBuilder.DropColumn(
                name: "HandRaisedAt",
                table: "members");

            migrationBuilder.DropColumn(
                name: "IsRoleLowered",
                table: "members");

            migrationBuilder.DropColumn(
                name: "NameKey",
                table: "members");

            migrationBuilder.DropColumn(
                name: "NameLook",
                table: "members");

            migrationBuilder.DropColumn(
                name: "Unmoderated",
                table: "members");
        }
    }
}
