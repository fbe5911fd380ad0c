using System.Text.Json;
using Microsoft.Extensions.Options;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Rooms;

/// <summary>The setting <c>holdBack</c> of rooms: this hub's default, and the values that hosts may choose. Safe from any thread.</summary>
internal sealed class HoldBackPolicy(IOptions<HoldBackOptions> options)
{
    private static readonly string[] Names = ["keepLane", "seconds", "withoutHost"];

    /// <summary>The value of rooms whose hosts chose none; null if texts are not held.</summary>
    public HoldBack? Default { get; } = options.Value.Mode == "off" ? null : new HoldBack
    {
        Seconds = options.Value.Mode == "timed" ? options.Value.Seconds : null,
        KeepLane = options.Value.KeepLane,
        WithoutHost = options.Value.WithoutHost,
    };

    /// <summary>Reads a host's value; null for <c>false</c>. Refuses names and values that the hub does not take.</summary>
    public static HoldBack? Read(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.False)
            return null;

        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Invalid(
                "holdBack must be an object, such as {\"seconds\": 10} or {} for release by a host; false to hold nothing; or null for the "
                + "hub's default.");
        }

        var holdBack = new HoldBack();
        foreach (var field in value.EnumerateObject().Where(field => field.Value.ValueKind != JsonValueKind.Null))
        {
            if (!Names.Contains(field.Name))
                throw Invalid($"There is no such field of holdBack. The fields are {string.Join(", ", Names)}.");

            holdBack = field.Name switch
            {
                "keepLane" => holdBack with { KeepLane = Flag(field) },
                "seconds" => holdBack with { Seconds = Seconds(field) },
                _ => holdBack with { WithoutHost = Absence(field) },
            };
        }

        return holdBack;
    }

    private static int Seconds(JsonProperty field) =>
        field.Value.ValueKind == JsonValueKind.Number && field.Value.TryGetInt32(out var seconds)
        && seconds is >= 0 and <= HoldBack.MaxSeconds
            ? seconds
            : throw Invalid($"{field.Name} must be a whole number from 0 to {HoldBack.MaxSeconds}. Leave it out for release by a host.");

    private static bool Flag(JsonProperty field) => field.Value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Invalid($"{field.Name} must be true or false."),
    };

    private static string Absence(JsonProperty field) =>
        field.Value.ValueKind == JsonValueKind.String && field.Value.GetString() is HostAbsences.Stop or HostAbsences.Release
            ? field.Value.GetString()!
            : throw Invalid($"{field.Name} must be \"stop\" or \"release\".");

    private static HubErrorException Invalid(string sentence) => new(ErrorCodes.Invalid, sentence);
}
