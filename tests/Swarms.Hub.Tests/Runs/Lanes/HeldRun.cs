using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Runs;

/// <summary>A run whose text is held, and the frames that its upstream has yet to send.</summary>
internal sealed class HeldRun(HeldRoom room, Run run, IReadOnlyList<TaskCompletionSource> gates, IReadOnlyList<int> lengths)
{
    private int _sent;
    private int _length;

    public string Id => run.Id;

    public string Lane => run.Hold!.Lane;

    public RunHold Hold => run.Hold!;

    /// <summary>The length of the lane's text so far.</summary>
    public int Length => _length;

    /// <summary>Lets the upstream send its next frames, and waits until the lane has them.</summary>
    public async Task SendAsync(int count = 1)
    {
        for (; count > 0; count--)
        {
            gates[_sent].SetResult();
            _length += lengths[_sent++];
            await HeldRoom.UntilAsync(async () => await LaneTextAsync() == _length);
        }
    }

    /// <summary>Lets the upstream end.</summary>
    public async Task FinishAsync()
    {
        await SendAsync(gates.Count - 1 - _sent);
        gates[^1].SetResult();
    }

    /// <summary>Lets the upstream end, and waits until hosts see it.</summary>
    public async Task FinishInLaneAsync()
    {
        await FinishAsync();
        await HeldRoom.UntilAsync(async () => RunStates.HasEnded((await room.RunAsync(Lane, Lane)).State));
    }

    public Task<Run> InLaneAsync() => room.RunAsync(Lane, Lane);

    public Task<Run> InRoomAsync() => room.RunAsync(room.Host.Room, Id);

    /// <summary>Waits until the room's run has ended, and returns it.</summary>
    public async Task<Run> EndedAsync()
    {
        await HeldRoom.UntilAsync(async () => RunStates.HasEnded((await InRoomAsync()).State));
        return await InRoomAsync();
    }

    private async Task<int> LaneTextAsync() => (await InLaneAsync()).Text!.Length;

    public Task<Answer> MaskAsync(int start, int end, MemberCaller? by = null) => room.MaskAsync(Id, start, end, by);

    public Task<Answer> ReleaseAsync(int? to = null, MemberCaller? by = null) => room.ReleaseAsync(Id, to, by);
}
