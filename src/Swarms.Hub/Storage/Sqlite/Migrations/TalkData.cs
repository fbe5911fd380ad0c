using Microsoft.EntityFrameworkCore.Migrations;

namespace Swarms.Hub.Storage.Sqlite.Migrations
{
    /// <summary>Fills what rows learned with taking back: the time of a raised hand, and the event of a reaction.</summary>
    internal static class TalkData
    {
        public static void Fill(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                UPDATE "members" SET "HandRaisedAt" = (
                    SELECT "At" FROM "events"
                    WHERE "events"."RoomKey" = "members"."RoomKey" AND "Run" IS NULL AND "Type" = 'hand.raised' AND "By" = "members"."Id"
                    ORDER BY "Sequence" DESC LIMIT 1)
                WHERE "HandRaised";
                """);
            // A member's second identical reaction appended nothing, so each row has one event.
            migrationBuilder.Sql(
                """
                UPDATE "reactions" SET "Sequence" = "given"."Sequence"
                FROM (
                    SELECT "RoomKey", json_extract("Data", '$.target') AS "Target", "By", json_extract("Data", '$.emoji') AS "Emoji",
                        min("Sequence") AS "Sequence"
                    FROM "events" WHERE "Run" IS NULL AND "Type" = 'reaction' AND "By" IS NOT NULL
                    GROUP BY 1, 2, 3, 4) AS "given"
                WHERE "given"."RoomKey" = "reactions"."RoomKey" AND "given"."Target" = "reactions"."Target"
                    AND "given"."By" = "reactions"."MemberId" AND "given"."Emoji" = "reactions"."Emoji";
                """);
        }
    }
}
