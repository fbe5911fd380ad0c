using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Swarms.Hub.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Embeds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "embeds",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", nullable: false),
                    RoomKey = table.Column<long>(type: "INTEGER", nullable: false),
                    RunId = table.Column<string>(type: "TEXT", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    HidesTask = table.Column<bool>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_embeds", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_embeds_Hash",
                table: "embeds",
                column: "Hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_embeds_RoomKey",
                table: "embeds",
                column: "RoomKey");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "embeds");
        }
    }
}
