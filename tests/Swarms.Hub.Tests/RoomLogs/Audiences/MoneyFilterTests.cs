using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

public sealed class MoneyFilterTests
{
    [Theory]
    [InlineData("""{"usage":{"totalTokens":3,"cost":0.5}}""", """{"usage":{"totalTokens":3,"cost":null}}""")]
    [InlineData("""{ "cost" : "1e-7" , "heldCost":"2"}""", """{ "cost" : null , "heldCost":null}""")]
    [InlineData("""{"roomCost":"5","roomTokens":9}""", """{"roomTokens":9}""")]
    [InlineData("""{"roomTokens":9,"roomCost":"5"}""", """{"roomTokens":9}""")]
    [InlineData("""{"a":1, "roomCost":"5", "memberCost":"5", "b":2}""", """{"a":1, "b":2}""")]
    [InlineData("""{"a":1, "roomCost":"5", "memberCost":"5" }""", """{"a":1 }""")]
    [InlineData("""{"roomCost":"5","memberCost":"6"}""", "{}")]
    [InlineData("""{"roomCost":{"x":[1,{"cost":2}]},"list":[{"spentCost":"1"},{"cost":[1,2]}]}""", """{"list":[{},{"cost":null}]}""")]
    [InlineData("""{"\u0072oomC\u006fst":"5","\u0063ost":6,"limitCost":"5"}""", """{"\u0063ost":null}""")]
    public void Costs_Of_The_Hubs_Own_Json_Are_Null_Or_Left_Out(string json, string expected) => Assert.Equal(expected, Own(json));

    [Theory]
    [InlineData("""{"unknownCosts":3,"unknownTokens":1,"costs":2,"Cost_":1}""")]
    [InlineData("""{"text":"\"cost\":5","by":"cost","1.50":1.500,"e":1E+2,"u":"\u00e9é🦊"}""")]
    [InlineData("""{"agents":[{"id":"a","config":{"cost":5,"maxCost":[1],"deep":{"cost":1}}}],"cost":null}""")]
    [InlineData(""" [ "cost" , "roomCost" ] """)]
    public void Everything_Else_Stays_Byte_For_Byte(string json) => Assert.Equal(json, Own(json));

    [Fact]
    public void Json_Without_Costs_Is_Not_Copied()
    {
        ReadOnlyMemory<byte> json = """{"text":"the cost of \"cost\""}"""u8.ToArray();

        Assert.Equal(json, MoneyFilter.Filter(json));
        Assert.Equal(json, MoneyFilter.FilterUpstream(json));
    }

    [Theory]
    [InlineData("""{"total_cost": 0.0027, "img_cost": 0.0, "tokens": 165}""", """{"total_cost": null, "img_cost": null, "tokens": 165}""")]
    [InlineData("""{"usage":{"total_tokens":8,"billing_info":{"total_cost":0.000064}}}""", """{"usage":{"total_tokens":8}}""")]
    [InlineData("""{"billing_info": {"cost_breakdown": {"agent_cost": 0.1}}, "a": 1}""", """{"a": 1}""")]
    [InlineData("""{"Token_Cost":1,"cost_per_agent":0.01,"costs":[0.1,{"a":2}],"tokenCOST":"$0.50"}""",
        """{"Token_Cost":null,"cost_per_agent":null,"costs":[null,{"a":null}],"tokenCOST":null}""")]
    public void Figures_Whose_Name_Contains_Cost_Are_Null_In_Frames_Of_The_Upstream(string json, string expected) =>
        Assert.Equal(expected, MoneyFilter.FilterUpstream(json));

    [Theory]
    [InlineData("""{"content": "{\"total_cost\": 5}"}""")]
    [InlineData("""{"outputs": [{"role": "Cost analyst", "content": {"cost": 5}}], "output": {"cost": 1}}""")]
    [InlineData("""{"chunk": "cost", "cost_note": "as agreed", "cost_known": true, "cost": null}""")]
    [InlineData("""total_cost: 5, {"cost": 5""")]
    [InlineData("[DONE]")]
    [InlineData("")]
    public void Texts_Of_The_Upstream_Stay_As_They_Came(string json) => Assert.Equal(json, MoneyFilter.FilterUpstream(json));

    [Theory]
    [InlineData(EventTypes.Usage, """{"data":{"totalTokens":1,"cost":5}}""", """{"data":{"totalTokens":1,"cost":null}}""")]
    [InlineData(EventTypes.RunQueued, """{"reserved":{"tokens":5,"estimatedCost":"1"}}""", """{"reserved":{"tokens":5}}""")]
    [InlineData(EventTypes.BudgetWarned, """{"data":{"spentCost":"1","limitCost":"2"}}""", """{"data":{}}""")]
    [InlineData(EventTypes.Start, """{"data":{"est_cost":5}}""", """{"data":{"est_cost":null}}""")]
    [InlineData("upstream.usage", """{"data":{"est_cost":5}}""", """{"data":{"est_cost":null}}""")]
    [InlineData("agent_mood", """{"data":{"est_cost":5}}""", """{"data":{"est_cost":null}}""")]
    [InlineData(EventTypes.Spending, """{"data":{"unknownCosts":5,"est_cost":5}}""", """{"data":{"unknownCosts":5,"est_cost":5}}""")]
    [InlineData(EventTypes.Chunk, """{"data":{"content":"a","cost":5}}""", """{"data":{"content":"a","cost":5}}""")]
    public void Event_Is_Filtered_By_The_Rule_Of_Its_Type(string type, string json, string expected) =>
        Assert.Equal(expected, Text(MoneyFilter.FilterEvent(type, Encoding.UTF8.GetBytes(json))));

    [Fact]
    public void Any_Json_Is_Filtered_As_A_Tree_Would_Be()
    {
        var random = new Random(20261126);
        for (var i = 0; i < 2_000; i++)
        {
            var json = Json(random, depth: 0);
            var filtered = JsonNode.Parse(Own(json));
            Assert.True(JsonNode.DeepEquals(Without(JsonNode.Parse(json)), filtered), json);
        }
    }

    [Fact]
    public void Run_And_Room_Lose_Their_Costs_And_Nothing_Else()
    {
        var run = new Run
        {
            Id = "r",
            Kind = RunKinds.Agent,
            Agent = new RunAgent("Writer", "model"),
            Task = "a \"cost\":5",
            State = EventTypes.Done,
            QueuedAt = DateTimeOffset.UnixEpoch,
            Text = "text",
            Parts = [new RunPart("a", "text")],
            Usage = new Usage(1, 2, 3, 0.5m),
            Reserved = new RunReservation(7, "0.25"),
        };
        var room = new Room
        {
            Id = "r",
            Name = "Room",
            CreatedAt = DateTimeOffset.UnixEpoch,
            Settings = new RoomSettings { Budget = new RoomBudget { RoomCost = "5", RoomTokens = 6, HardStop = true } },
        };

        Assert.Equal(
            Serialize(run with { Usage = new Usage(1, 2, 3, null), Reserved = new RunReservation(7, null) }),
            Serialize(MoneyFilter.Hide(run)));
        Assert.Equal(
            Serialize(room with { Settings = room.Settings with { Budget = new RoomBudget { RoomTokens = 6, HardStop = true } } }),
            Serialize(MoneyFilter.Hide(room)));
    }

    private static string Serialize<T>(T value) => JsonSerializer.Serialize(value, ProtocolJson.Options);

    private static string Own(string json) => Text(MoneyFilter.Filter(Encoding.UTF8.GetBytes(json)));

    private static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);

    private static JsonNode? Without(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray list:
                return new JsonArray([.. list.Select(Without)]);
            case JsonObject fields:
                var kept = new JsonObject();
                foreach (var (name, value) in fields)
                {
                    if (name is "cost" or "heldCost")
                        kept[name] = null;
                    else if (!name.EndsWith("Cost", StringComparison.Ordinal))
                        kept[name] = Without(value);
                }

                return kept;
            default:
                return node?.DeepClone();
        }
    }

    private static string Json(Random random, int depth)
    {
        var space = random.Next(3) == 0 ? " " : "";
        return random.Next(depth > 4 ? 3 : 6) switch
        {
            0 => "1.50",
            1 => "\"cost\\\"\"",
            2 => "null",
            3 => $"[{space}{string.Join($"{space},", Enumerable.Range(0, random.Next(4)).Select(_ => Json(random, depth + 1)))}{space}]",
            _ => $"{{{space}{string.Join($"{space},{space}", Names(random).Select(Field))}{space}}}",
        };

        string Field(string name) => $"\"{name}\"{space}:{Json(random, depth + 1)}";
    }

    private static string[] Names(Random random)
    {
        string[] names = ["cost", "heldCost", "roomCost", "xCost", "a", "costs", "unknownCosts"];
        random.Shuffle(names);
        return names[..random.Next(names.Length)];
    }
}
