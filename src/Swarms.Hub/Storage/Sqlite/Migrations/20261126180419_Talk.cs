using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Swarms.Hub.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Talk : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
                name: "IX_passage_reactions_RoomKey_Sequence",
                table: "passage_reactions",
                columns: new[] { "RoomKey", "Sequence" });

            TalkData.Fill(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "passage_reactions");

            migrationBuilder.DropIndex(
                name: "IX_reactions_RoomKey_Sequence",
                table: "reactions");

            migrationBuilder.DropColumn(
                name: "Sequence",
                table: "reactions");

            migrationBuilder.DropColumn(
                name: "HandRaisedAt",
                table: "members");
        }
    }
}
