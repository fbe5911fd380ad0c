using System.Text.Json;
using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Gateway.OpenAi;

/// <summary>
/// Tells the chat door's caller of a refusal by the upstream: with its status, and its own error where that has OpenAI's form. Otherwise
/// its words are put into that form. Used by the loop of the caller's request.
/// </summary>
internal sealed class ChatRefusals(IRoomDirectory rooms, ChatAnswers answers)
{
    public async Task WriteAsync(
        HttpContext context, RoomCaller caller, RelayOpening.Refused opening, CancellationToken cancellationToken)
    {
        var (response, refused) = (context.Response, opening.Refusal);
        if (!refused.MayHaveBegun && !response.HasStarted)
            response.Headers.Remove("x-should-retry");

        if (response.HasStarted || refused.Refusal is not { } refusal)
        {
            await answers.FailAsync(context, new HubErrorException(refused.Code, refused.Message));
            return;
        }

        foreach (var (name, value) in refusal.Headers)
            response.Headers.Append(name, value);

        response.StatusCode = refusal.Status;
        response.ContentType = "application/json";
        var body = IsInForm(refusal.Body)
            ? await ShowAsync(caller, refusal.Body, cancellationToken)
            : JsonSerializer.SerializeToUtf8Bytes(OpenAiError.Of(refused.Code, refused.Message, refusal.Status), ProtocolJson.Options);
        await response.BodyWriter.WriteAsync(body, cancellationToken);
    }

    private static bool IsInForm(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("error", out var error)
                && error.ValueKind == JsonValueKind.Object
                && error.TryGetProperty("message", out var message)
                && message.ValueKind == JsonValueKind.String;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private async Task<ReadOnlyMemory<byte>> ShowAsync(RoomCaller caller, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        return lease.Log.AudienceOf(caller.Member.Id) == Audience.WithCosts ? body : MoneyFilter.FilterUpstream(body);
    }
}
