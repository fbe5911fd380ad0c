using Microsoft.AspNetCore.SignalR;
using Swarms.Hub.Support;

namespace Swarms.Hub.Rooms;

/// <summary>
/// One member's calls about messages, reactions, hands and runs, over HTTP or over the hub. Each returns its code; null for none.
/// </summary>
internal sealed class TalkDoor : IAsyncDisposable
{
    private readonly MemberCaller _member;
    private readonly HubCaller? _hub;

    private TalkDoor(MemberCaller member, HubCaller? hub) => (_member, _hub) = (member, hub);

    public static async Task<TalkDoor> OpenAsync(MemberCaller member, bool isOverHub) =>
        new(member, isOverHub ? await HubCaller.ConnectAsync(member) : null);

    public Task<string?> SayAsync(object say) => CallAsync("SayWith", [say], () => _member.PostAsync($"{_member.Path}/messages", say));

    public Task<string?> EditAsync(long target, string text) => CallAsync(
        "EditMessage", [target, text], () => _member.PatchAsync($"{_member.Path}/messages/{target}", new { text }));

    public Task<string?> RemoveAsync(long target) =>
        CallAsync("RemoveMessage", [target], () => _member.DeleteAsync($"{_member.Path}/messages/{target}"));

    public Task<string?> ReactAsync(object react) =>
        CallAsync("ReactWith", [react], () => _member.PostAsync($"{_member.Path}/reactions", react));

    public Task<string?> UnreactAsync(object react) =>
        CallAsync("Unreact", [react], () => _member.PostAsync($"{_member.Path}/reactions/take-back", react));

    public Task<string?> RaiseHandAsync() => CallAsync(
        "RaiseHand", [], () => _member.SendAsync(HttpMethod.Put, $"{_member.Path}/hands/me", null));

    public Task<string?> LowerHandAsync() => CallAsync("LowerHand", [], () => _member.DeleteAsync($"{_member.Path}/hands/me"));

    public Task<string?> LowerHandOfAsync(string member) =>
        CallAsync("LowerHandOf", [member], () => _member.DeleteAsync($"{_member.Path}/hands/{member}"));

    public Task<string?> LowerAllHandsAsync() => CallAsync("LowerAllHands", [], () => _member.DeleteAsync($"{_member.Path}/hands"));

    public Task<string?> HideRunAsync(string run) => CallAsync("HideRun", [run], () => PostAsync($"{_member.Path}/runs/{run}/hide"));

    public Task<string?> ShowRunAsync(string run) => CallAsync("ShowRun", [run], () => PostAsync($"{_member.Path}/runs/{run}/show"));

    public Task<string?> RemoveRunAsync(string run) =>
        CallAsync("RemoveRun", [run], () => _member.DeleteAsync($"{_member.Path}/runs/{run}"));

    public ValueTask DisposeAsync() => _hub?.DisposeAsync() ?? ValueTask.CompletedTask;

    private Task<Answer> PostAsync(string path) => _member.SendAsync(HttpMethod.Post, path, null);

    private async Task<string?> CallAsync(string method, object[] arguments, Func<Task<Answer>> overHttp)
    {
        if (_hub is null)
        {
            var answer = await overHttp();
            if (answer.Status is 201 or 204)
                return null;

            return answer.IsProblem(answer.Status, answer.Code!).Code;
        }

        try
        {
            await _hub.InvokeAsync(method, [_member.Room, .. arguments]);
            return null;
        }
        catch (HubException e)
        {
            var code = e.Message.Split("HubException: ")[^1].Split(':')[0];
            HubCaller.IsRefusal(code, e);
            return code;
        }
    }
}
