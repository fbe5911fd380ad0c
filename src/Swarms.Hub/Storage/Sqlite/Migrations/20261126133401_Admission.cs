using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Swarms.Hub.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Admission : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "ExpiresAt",
                table: "tokens",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "LastUsedAt",
                table: "tokens",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<byte[]>(
                name: "SessionHash",
                table: "tokens",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "InviteId",
                table: "members",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "MadeBy",
                table: "members",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "By",
                table: "invites",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "bans",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", nullable: false),
                    RoomKey = table.Column<long>(type: "INTEGER", nullable: false),
                    SessionHash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bans", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "return_links",
                columns: table => new
                {
                    MemberId = table.Column<string>(type: "TEXT", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_return_links", x => x.MemberId);
                });

            migrationBuilder.CreateIndex(
                name: "IX_tokens_SessionHash",
                table: "tokens",
                column: "SessionHash",
                filter: "\"SessionHash\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_bans_RoomKey_SessionHash",
                table: "bans",
                columns: new[] { "RoomKey", "SessionHash" });

            migrationBuilder.CreateIndex(
                name: "IX_return_links_Hash",
                table: "return_links",
                column: "Hash",
                unique: true);

            // The codes were hashed without a key, so their hashes must not stay. Links go on.
            migrationBuilder.Sql("UPDATE invites SET CodeHash = randomblob(32)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "bans");

            migrationBuilder.DropTable(
                name: "return_links");

            migrationBuilder.DropIndex(
                name: "IX_tokens_SessionHash",
                table: "tokens");

            migrationBuilder.DropColumn(
                name: "ExpiresAt",
                table: "tokens");

            migrationBuilder.DropColumn(
                name: "LastUsedAt",
                table: "tokens");

            migrationBuilder.DropColumn(
                name: "SessionHash",
                table: "tokens");

            migrationBuilder.DropColumn(
                name: "InviteId",
                table: "members");

            migrationBuilder.DropColumn(
                name: "MadeBy",
                table: "members");

            migrationBuilder.DropColumn(
                name: "By",
                table: "invites");
        }
    }
}
