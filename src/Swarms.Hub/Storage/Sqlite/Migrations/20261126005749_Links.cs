using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Swarms.Hub.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Links : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_runs_RoomKey_Id",
                table: "runs");

            migrationBuilder.AddColumn<byte[]>(
                name: "DataKey",
                table: "runs",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "OriginLink",
                table: "rooms",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "OriginSequence",
                table: "rooms",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "FirstSequence",
                table: "members",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<byte[]>(
                name: "Digest",
                table: "events",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "Key",
                table: "events",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "Link",
                table: "events",
                type: "BLOB",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_runs_RoomKey_FirstSequence",
                table: "runs",
                columns: new[] { "RoomKey", "FirstSequence" });

            // What is there has no links: each room's chain begins where it stands now.
            migrationBuilder.Sql(
                """
                UPDATE "rooms" SET
                    "OriginSequence" = ifnull((SELECT max("Sequence") FROM "events" WHERE "RoomKey" = "rooms"."Key"), 0),
                    "OriginLink" = randomblob(16)
                WHERE "DeletedAt" IS NULL;
                """);

            migrationBuilder.Sql(
                """
                UPDATE "events" SET "Link" = (SELECT "OriginLink" FROM "rooms" WHERE "Key" = "RoomKey")
                WHERE ("RoomKey", "Sequence") IN (SELECT "Key", "OriginSequence" FROM "rooms" WHERE "DeletedAt" IS NULL);
                """);

            // The order of joining, which ids kept only as far as the clock did.
            migrationBuilder.Sql(
                """
                UPDATE "members" SET "FirstSequence" = "joined"."Sequence"
                FROM (
                    SELECT "By" AS "Id", min("Sequence") AS "Sequence" FROM "events"
                    WHERE "Run" IS NULL AND "Type" = 'member.joined' GROUP BY "By") AS "joined"
                WHERE "members"."Id" = "joined"."Id";
                """);

            // A life of the logs has no name any more.
            migrationBuilder.Sql("DELETE FROM \"settings\" WHERE \"Name\" IN ('epoch', 'closed-cleanly');");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_runs_RoomKey_FirstSequence",
                table: "runs");

            migrationBuilder.DropColumn(
                name: "DataKey",
                table: "runs");

            migrationBuilder.DropColumn(
                name: "OriginLink",
                table: "rooms");

            migrationBuilder.DropColumn(
                name: "OriginSequence",
                table: "rooms");

            migrationBuilder.DropColumn(
                name: "FirstSequence",
                table: "members");

            migrationBuilder.DropColumn(
                name: "Digest",
                table: "events");

            migrationBuilder.DropColumn(
                name: "Key",
                table: "events");

            migrationBuilder.DropColumn(
                name: "Link",
                table: "events");

            migrationBuilder.CreateIndex(
                name: "IX_runs_RoomKey_Id",
                table: "runs",
                columns: new[] { "RoomKey", "Id" });
        }
    }
}
