using System.Globalization;

namespace Swarms.Hub.Upstream.Simulator;

/// <summary>The lists and figures that the simulator answers with, in the forms of the Swarms API. Its limits never end.</summary>
internal static class SimulatedLists
{
    private const string Window = """{"count":0,"limit":100,"exceeded":false,"remaining":100,"reset_time":"2100-01-01T00:00:00+00:00"}""";

    private static readonly Dictionary<string, string> Lists = new()
    {
        ["models/available"] = """{"success":true,"count":2,"models":["simulated-model","simulated-model-mini"]}""",
        ["swarms/available"] = """{"success":true,"swarm_types":["SequentialWorkflow","ConcurrentWorkflow","AgentRearrange"]}""",
        ["tools/available"] = """{"status":"success","tools":[]}""",
        ["reasoning-agent/types"] = """{"status":"success","agent_types":["reasoning-agent"]}""",
        ["auto-swarm-builder/execution-types"] = """["return-agents"]""",
        ["rate/limits"] = $$"""
            {"success":true,"rate_limits":{"minute":{{Window}},"hour":{{Window}},"day":{{Window}}},"limits":
            {"maximum_requests_per_minute":100,"maximum_requests_per_hour":100,"maximum_requests_per_day":100,"tokens_per_agent":200000},
            "tier":"simulated","timestamp":null}
            """,
        ["usage/costs"] = string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"usage_pricing":{"swarm_completions_agent_cost":{{SimulatedAnswer.SwarmAgentPrice}},
            "agent_completions_input_cost_per_1m":{{SimulatedAnswer.InputTokenPrice * 1_000_000:0.##}},
            "agent_completions_output_cost_per_1m":{{SimulatedAnswer.OutputTokenPrice * 1_000_000:0.##}}},"timestamp":null}
            """),
        ["account/credits"] = """{"credit":0,"free_credit":0,"referral_credits":0,"total_credits":0}""",
    };

    /// <summary>Returns the list of a path in UTF-8; null if there is none. The path may begin with an address's own.</summary>
    public static byte[]? Find(string path) =>
        path.IndexOf("/v1/", StringComparison.Ordinal) is >= 0 and var at && Lists.TryGetValue(path[(at + 4)..], out var list)
            ? System.Text.Encoding.UTF8.GetBytes(list)
            : null;
}
