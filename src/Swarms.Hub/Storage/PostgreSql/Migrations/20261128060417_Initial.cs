using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Swarms.Hub.Storage.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateSequence(
                name: "fences");

            migrationBuilder.CreateSequence(
                name: "room_keys");

            migrationBuilder.CreateTable(
                name: "agent_secrets",
                columns: table => new
                {
                    roomkey = table.Column<long>(type: "bigint", nullable: false),
                    agentid = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    place = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    value = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_agent_secrets", x => new { x.roomkey, x.agentid, x.place });
                });

            migrationBuilder.CreateTable(
                name: "agents",
                columns: table => new
                {
                    roomkey = table.Column<long>(type: "bigint", nullable: false),
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    firstsequence = table.Column<long>(type: "bigint", nullable: false),
                    view = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_agents", x => new { x.roomkey, x.id });
                });

            migrationBuilder.CreateTable(
                name: "attendance",
                columns: table => new
                {
                    roomkey = table.Column<long>(type: "bigint", nullable: false),
                    memberid = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    cameat = table.Column<long>(type: "bigint", nullable: false),
                    lastat = table.Column<long>(type: "bigint", nullable: false),
                    isopen = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_attendance", x => new { x.roomkey, x.memberid, x.cameat });
                });

            migrationBuilder.CreateTable(
                name: "bans",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    roomkey = table.Column<long>(type: "bigint", nullable: false),
                    sessionhash = table.Column<byte[]>(type: "bytea", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bans", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "embeds",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    roomkey = table.Column<long>(type: "bigint", nullable: false),
                    runid = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    hidestask = table.Column<bool>(type: "boolean", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    createdat = table.Column<long>(type: "bigint", nullable: false),
                    expiresat = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_embeds", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "events",
                columns: table => new
                {
                    roomkey = table.Column<long>(type: "bigint", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    run = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    by = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    data = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    link = table.Column<byte[]>(type: "bytea", nullable: true),
                    key = table.Column<byte[]>(type: "bytea", nullable: true),
                    digest = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_events", x => new { x.roomkey, x.sequence });
                });

            migrationBuilder.CreateTable(
                name: "hidden_runs",
                columns: table => new
                {
                    runid = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    roomkey = table.Column<long>(type: "bigint", nullable: false),
                    groupid = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    view = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hidden_runs", x => x.runid);
                });

            migrationBuilder.CreateTable(
                name: "hub_spending",
                columns: table => new
                {
                    day = table.Column<int>(type: "integer", nullable: false),
                    tokens = table.Column<long>(type: "bigint", nullable: false),
                    cost = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hub_spending", x => x.day);
                });

            migrationBuilder.CreateTable(
                name: "invites",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    roomkey = table.Column<long>(type: "bigint", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    secrethash = table.Column<byte[]>(type: "bytea", nullable: false),
                    codehash = table.Column<byte[]>(type: "bytea", nullable: false),
                    maxuses = table.Column<int>(type: "integer", nullable: true),
                    uses = table.Column<int>(type: "integer", nullable: false),
                    expiresat = table.Column<long>(type: "bigint", nullable: false),
                    by = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_invites", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "members",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    roomkey = table.Column<long>(type: "bigint", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    namekey = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    namelook = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    role = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    isrolelowered = table.Column<bool>(type: "boolean", nullable: false),
                    firstsequence = table.Column<long>(type: "bigint", nullable: false),
                    joinedat = table.Column<long>(type: "bigint", nullable: false),
                    hasleft = table.Column<bool>(type: "boolean", nullable: false),
                    handraised = table.Column<bool>(type: "boolean", nullable: false),
                    unmoderated = table.Column<bool>(type: "boolean", nullable: false),
                    handraisedat = table.Column<long>(type: "bigint", nullable: true),
                    inviteid = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    madeby = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_members", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "passage_reactions",
                columns: table => new
                {
                    roomkey = table.Column<long>(type: "bigint", nullable: false),
                    target = table.Column<long>(type: "bigint", nullable: false),
                    memberid = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    emoji = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    passage = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    runid = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    sequence = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_passage_reactions", x => new { x.roomkey, x.target, x.memberid, x.emoji, x.passage });
                });

            migrationBuilder.CreateTable(
                name: "reactions",
                columns: table => new
                {
                    roomkey = table.Column<long>(type: "bigint", nullable: false),
                    target = table.Column<long>(type: "bigint", nullable: false),
                    memberid = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    emoji = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    sequence = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_reactions", x => new { x.roomkey, x.target, x.memberid, x.emoji });
                });

            migrationBuilder.CreateTable(
                name: "return_links",
                columns: table => new
                {
                    memberid = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    expiresat = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_return_links", x => x.memberid);
                });

            migrationBuilder.CreateTable(
                name: "rooms",
                columns: table => new
                {
                    key = table.Column<long>(type: "bigint", nullable: false),
                    id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    createdat = table.Column<long>(type: "bigint", nullable: false),
                    originsequence = table.Column<long>(type: "bigint", nullable: false),
                    originlink = table.Column<byte[]>(type: "bytea", nullable: true),
                    settings = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    retentionseconds = table.Column<long>(type: "bigint", nullable: true),
                    laneroomkey = table.Column<long>(type: "bigint", nullable: true),
                    lanerunid = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    deletedat = table.Column<long>(type: "bigint", nullable: true),
                    hasremains = table.Column<bool>(type: "boolean", nullable: false),
                    fence = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rooms", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "run_groups",
                columns: table => new
                {
                    roomkey = table.Column<long>(type: "bigint", nullable: false),
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    firstsequence = table.Column<long>(type: "bigint", nullable: false),
                    revealsequence = table.Column<long>(type: "bigint", nullable: true),
                    view = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_run_groups", x => new { x.roomkey, x.id });
                });

            migrationBuilder.CreateTable(
                name: "run_keys",
                columns: table => new
                {
                    memberid = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    roomkey = table.Column<long>(type: "bigint", nullable: false),
                    runid = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    requesthash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_run_keys", x => new { x.memberid, x.key });
                });

            migrationBuilder.CreateTable(
                name: "runs",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    roomkey = table.Column<long>(type: "bigint", nullable: false),
                    hasended = table.Column<bool>(type: "boolean", nullable: false),
                    firstsequence = table.Column<long>(type: "bigint", nullable: false),
                    datakey = table.Column<byte[]>(type: "bytea", nullable: true),
                    threadroot = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    task = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    text = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    view = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_runs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "settings",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    value = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settings", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "spending",
                columns: table => new
                {
                    roomkey = table.Column<long>(type: "bigint", nullable: false),
                    sums = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_spending", x => x.roomkey);
                });

            migrationBuilder.CreateTable(
                name: "tokens",
                columns: table => new
                {
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    memberid = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    createdat = table.Column<long>(type: "bigint", nullable: false),
                    expiresat = table.Column<long>(type: "bigint", nullable: true),
                    lastusedat = table.Column<long>(type: "bigint", nullable: false),
                    sessionhash = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tokens", x => x.hash);
                });

            migrationBuilder.CreateIndex(
                name: "IX_attendance_open",
                table: "attendance",
                column: "roomkey",
                filter: "\"isopen\"");

            migrationBuilder.CreateIndex(
                name: "IX_bans_roomkey_sessionhash",
                table: "bans",
                columns: new[] { "roomkey", "sessionhash" });

            migrationBuilder.CreateIndex(
                name: "IX_embeds_hash",
                table: "embeds",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_embeds_roomkey",
                table: "embeds",
                column: "roomkey");

            migrationBuilder.CreateIndex(
                name: "IX_events_people",
                table: "events",
                columns: new[] { "roomkey", "sequence" },
                filter: "\"run\" is null");

            migrationBuilder.CreateIndex(
                name: "IX_hidden_runs_roomkey_groupid",
                table: "hidden_runs",
                columns: new[] { "roomkey", "groupid" });

            migrationBuilder.CreateIndex(
                name: "IX_invites_codehash",
                table: "invites",
                column: "codehash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_invites_roomkey",
                table: "invites",
                column: "roomkey");

            migrationBuilder.CreateIndex(
                name: "IX_invites_secrethash",
                table: "invites",
                column: "secrethash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_members_roomkey",
                table: "members",
                column: "roomkey");

            migrationBuilder.CreateIndex(
                name: "IX_members_roomkey_namekey",
                table: "members",
                columns: new[] { "roomkey", "namekey" },
                filter: "\"namekey\" is not null");

            migrationBuilder.CreateIndex(
                name: "IX_members_roomkey_namelook",
                table: "members",
                columns: new[] { "roomkey", "namelook" },
                filter: "\"namelook\" is not null");

            migrationBuilder.CreateIndex(
                name: "IX_passage_reactions_roomkey_sequence",
                table: "passage_reactions",
                columns: new[] { "roomkey", "sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_reactions_roomkey_sequence",
                table: "reactions",
                columns: new[] { "roomkey", "sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_return_links_hash",
                table: "return_links",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_rooms_id",
                table: "rooms",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_rooms_laneroomkey_lanerunid",
                table: "rooms",
                columns: new[] { "laneroomkey", "lanerunid" },
                filter: "\"laneroomkey\" is not null");

            migrationBuilder.CreateIndex(
                name: "IX_rooms_remains",
                table: "rooms",
                column: "key",
                filter: "\"hasremains\"");

            migrationBuilder.CreateIndex(
                name: "IX_run_groups_roomkey_firstsequence",
                table: "run_groups",
                columns: new[] { "roomkey", "firstsequence" });

            migrationBuilder.CreateIndex(
                name: "IX_run_keys_roomkey",
                table: "run_keys",
                column: "roomkey");

            migrationBuilder.CreateIndex(
                name: "IX_runs_open",
                table: "runs",
                column: "roomkey",
                filter: "not \"hasended\"");

            migrationBuilder.CreateIndex(
                name: "IX_runs_roomkey_firstsequence",
                table: "runs",
                columns: new[] { "roomkey", "firstsequence" });

            migrationBuilder.CreateIndex(
                name: "IX_runs_roomkey_threadroot_firstsequence",
                table: "runs",
                columns: new[] { "roomkey", "threadroot", "firstsequence" },
                filter: "\"threadroot\" is not null");

            migrationBuilder.CreateIndex(
                name: "IX_tokens_memberid",
                table: "tokens",
                column: "memberid");

            migrationBuilder.CreateIndex(
                name: "IX_tokens_sessionhash",
                table: "tokens",
                column: "sessionhash",
                filter: "\"sessionhash\" is not null");
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
                name: "bans");

            migrationBuilder.DropTable(
                name: "embeds");

            migrationBuilder.DropTable(
                name: "events");

            migrationBuilder.DropTable(
                name: "hidden_runs");

            migrationBuilder.DropTable(
                name: "hub_spending");

            migrationBuilder.DropTable(
                name: "invites");

            migrationBuilder.DropTable(
                name: "members");

            migrationBuilder.DropTable(
                name: "passage_reactions");

            migrationBuilder.DropTable(
                name: "reactions");

            migrationBuilder.DropTable(
                name: "return_links");

            migrationBuilder.DropTable(
                name: "rooms");

            migrationBuilder.DropTable(
                name: "run_groups");

            migrationBuilder.DropTable(
                name: "run_keys");

            migrationBuilder.DropTable(
                name: "runs");

            migrationBuilder.DropTable(
                name: "settings");

            migrationBuilder.DropTable(
                name: "spending");

            migrationBuilder.DropTable(
                name: "tokens");

            migrationBuilder.DropSequence(
                name: "fences");

            migrationBuilder.DropSequence(
                name: "room_keys");
        }
    }
}
