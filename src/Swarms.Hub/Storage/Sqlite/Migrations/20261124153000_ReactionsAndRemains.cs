using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Swarms.Hub.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ReactionsAndRemains : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "HasRemains",
                table: "rooms",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "reactions",
                columns: table => new
                {
                    RoomKey = table.Column<long>(type: "INTEGER", nullable: false),
                    Target = table.Column<long>(type: "INTEGER", nullable: false),
                    MemberId = table.Column<string>(type: "TEXT", nullable: false),
                    Emoji = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_reactions", x => new { x.RoomKey, x.Target, x.MemberId, x.Emoji });
                });

            migrationBuilder.CreateIndex(
                name: "IX_rooms_remains",
                table: "rooms",
                column: "Key",
                filter: "\"HasRemains\"");

            // What was reacted before there was this table.
            migrationBuilder.Sql(
                """
                INSERT OR IGNORE INTO "reactions" ("RoomKey", "Target", "MemberId", "Emoji")
                SELECT "RoomKey", json_extract("Data", '$.target'), "By", json_extract("Data", '$.emoji')
                FROM "events"
                WHERE "Run" IS NULL AND "Type" = 'reaction' AND "By" IS NOT NULL;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "reactions");

            migrationBuilder.DropIndex(
                name: "IX_rooms_remains",
                table: "rooms");

            migrationBuilder.DropColumn(
                name: "HasRemains",
                table: "rooms");
        }
    }
}
