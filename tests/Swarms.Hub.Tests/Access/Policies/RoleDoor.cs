using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Swarms.Hub.Errors;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Access;

/// <summary>A way into the hub: a method over SignalR, or a call over HTTP.</summary>
internal abstract record RoleDoor(string Name)
{
    /// <summary>Calls it; returns <c>yes</c>, or the code of the refusal.</summary>
    public abstract Task<string> CallAsync(RoleRoom room);

    /// <summary>A method; its first argument is the room unless it takes none.</summary>
    internal sealed record Method(string Name, Func<RoleRoom, object?[]> Arguments) : RoleDoor(Name)
    {
        public override async Task<string> CallAsync(RoleRoom room)
        {
            HubCaller hub;
            try
            {
                hub = await HubCaller.ConnectAsync(room.Caller);
            }
            catch (Exception e) when (room.Caller.Token is null && e.ToString().Contains("401", StringComparison.Ordinal))
            {
                return "unauthenticated";
            }

            await using (hub)
            {
                try
                {
                    await InvokeAsync(hub, room);
                    return RoleTable.Yes;
                }
                catch (HubException e)
                {
                    const string Marker = "HubException: ";
                    var words = e.Message[(e.Message.LastIndexOf(Marker, StringComparison.Ordinal) + Marker.Length)..];
                    var code = words[..words.IndexOf(':', StringComparison.Ordinal)];
                    HubCaller.IsRefusal(code, e);
                    return code;
                }
            }
        }

        private async Task InvokeAsync(HubCaller hub, RoleRoom room)
        {
            if (Name == "WatchRoom")
                await WatchAsync(hub, room.Room);
            else
                await hub.InvokeAsync(Name, Arguments(room));
        }

        private static async Task WatchAsync(HubCaller hub, string room)
        {
            try
            {
                await hub.Watch(room).ReadAsync(TestContext.Current.CancellationToken).InTime();
            }
            catch (ChannelClosedException e) when (e.InnerException is HubException refusal)
            {
                throw new HubException(refusal.Message);
            }
        }
    }

    /// <summary>A call; its name is the method and the path, as in the API's document.</summary>
    internal sealed record Http(string Name, Func<RoleRoom, object?> Body, string Query) : RoleDoor(Name)
    {
        public override async Task<string> CallAsync(RoleRoom room)
        {
            var (method, path) = (Name.Split(' ')[0], Name.Split(' ')[1]);
            path = path.Replace("{room}", room.Room, StringComparison.Ordinal)
                .Replace("{member}", room.Target, StringComparison.Ordinal)
                .Replace("{run}", room.Run, StringComparison.Ordinal)
                .Replace("{group}", room.Group, StringComparison.Ordinal)
                .Replace("{sequence}", $"{room.Message}", StringComparison.Ordinal)
                .Replace("{invite}", room.Invite, StringComparison.Ordinal)
                .Replace("{agent}", "writer", StringComparison.Ordinal)
                .Replace("{ban}", "none", StringComparison.Ordinal)
                .Replace("{embed}", "none", StringComparison.Ordinal)
                .Replace("{model}", "gpt-4.1", StringComparison.Ordinal);
            var body = Body(room) is { } given ? JsonSerializer.SerializeToUtf8Bytes(given, JsonSerializerOptions.Web) : null;
            var answer = body is null
                ? await room.Caller.SendAsync(new HttpMethod(method), path + Query, null)
                : await room.Caller.SendRawAsync(new HttpMethod(method), path + Query, body);
            if (answer.Status < 300)
                return RoleTable.Yes;

            if (!path.StartsWith("/v1/", StringComparison.Ordinal))
                return answer.IsProblem(answer.Status, answer.Code!).Code!;

            if (OpenAiError.IsSpokenAt(path))
                return answer.Json.GetProperty("error").GetProperty("code").GetString()!;

            answer.IsDetail(answer.Status);
            return answer.Status switch { 401 => "unauthenticated", 403 => "forbidden", var other => $"{other}" };
        }
    }
}
