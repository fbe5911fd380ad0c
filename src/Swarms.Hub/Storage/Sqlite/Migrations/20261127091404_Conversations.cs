using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Swarms.Hub.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Conversations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "ThreadRoot",
                table: "runs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "LaneRoomKey",
                table: "rooms",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "LaneRunId",
                table: "rooms",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "hidden_runs",
                columns: table => new
                {
                    RunId = table.Column<string>(type: "TEXT", nullable: false),
                    RoomKey = table.Column<long>(type: "INTEGER", nullable: false),
                    GroupId = table.Column<string>(type: "TEXT", nullable: false),
                    View = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hidden_runs", x => x.RunId);
                });

            migrationBuilder.CreateTable(
                name: "run_groups",
                columns: table => new
                {
                    RoomKey = table.Column<long>(type: "INTEGER", nullable: false),
                    Id = table.Column<string>(type: "TEXT", nullable: false),
                    FirstSequence = table.Column<long>(type: "INTEGER", nullable: false),
                    RevealSequence = table.Column<long>(type: "INTEGER", nullable: true),
                    View = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_run_groups", x => new { x.RoomKey, x.Id });
                });

            migrationBuilder.CreateIndex(
                name: "IX_runs_RoomKey_ThreadRoot_FirstSequence",
                table: "runs",
                columns: new[] { "RoomKey", "ThreadRoot", "FirstSequence" },
                filter: "\"ThreadRoot\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_rooms_LaneRoomKey_LaneRunId",
                table: "rooms",
                columns: new[] { "LaneRoomKey", "LaneRunId" },
                filter: "\"LaneRoomKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_hidden_runs_RoomKey_GroupId",
                table: "hidden_runs",
                columns: new[] { "RoomKey", "GroupId" });

            migrationBuilder.CreateIndex(
                name: "IX_run_groups_RoomKey_FirstSequence",
                table: "run_groups",
                columns: new[] { "RoomKey", "FirstSequence" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "hidden_runs");

            migrationBuilder.DropTable(
                name: "run_groups");

            migrationBuilder.DropIndex(
                name: "IX_runs_RoomKey_ThreadRoot_FirstSequence",
                table: "runs");

            migrationBuilder.DropIndex(
                name: "IX_rooms_LaneRoomKey_LaneRunId",
                table: "rooms");

            migrationBuilder.DropColumn(
                name: "ThreadRoot",
                table: "runs");

            migrationBuilder.DropColumn(
                name: "LaneRoomKey",
                table: "rooms");

            migrationBuilder.DropColumn(
                name: "LaneRunId",
                table: "rooms");
        }
    }
}
