namespace Swarms.Hub.Protocol;

/// <content>The events of a proposal.</content>
public sealed partial class RunState
{
    private void ApplyToProposal(RoomEvent roomEvent)
    {
        switch (roomEvent.Type)
        {
            case EventTypes.RunSupported when roomEvent.By is { } by && _run.Supporters?.Contains(by) != true
                && (_run.Supporters?.Count ?? 0) < Run.MaxSupporters:
                _run = _run with { Supporters = [.. _run.Supporters ?? [], by] };
                break;
            case EventTypes.RunUnsupported when _run.Supporters is { } supporters:
                var left = supporters.Where(id => id != roomEvent.By).ToList();
                _run = _run with { Supporters = left.Count > 0 ? left : null };
                break;
            case EventTypes.RunPlaced:
                _run = _run with { Rank = RunPlacedPayload.Read(roomEvent.Data).Rank };
                break;
            case EventTypes.RunApproved:
                var asked = RunApprovedPayload.Read(roomEvent.Data).IsEdited ? new RunRequestView(_run.Task, _run.TaskLength) : null;
                _run = _run with { ApprovedBy = roomEvent.By, Asked = asked };
                break;
            case EventTypes.RunQueued:
                var queued = RunQueuedPayload.Read(roomEvent.Data);
                _run = _run with
                {
                    State = RunStates.Queued,
                    Agent = queued.Agent,
                    Task = queued.Task,
                    TaskLength = queued.TaskLength,
                    Position = queued.Position,
                    Reserved = queued.Reserved,
                    Thread = queued.Thread,
                    Hold = queued.Hold,
                    Rank = null,
                    Supporters = null,
                    QueuedAt = roomEvent.At,
                };
                break;
        }
    }
}
