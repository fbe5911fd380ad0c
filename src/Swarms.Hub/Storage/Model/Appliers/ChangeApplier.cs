using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Storage.Model;

/// <summary>
/// Applies one feature's changes inside the writer's transaction, so nothing changes between a check and a write. Called by the writer's
/// loop only. A change that contradicts the stored rows throws the refusal, and its commit leaves no trace.
/// </summary>
internal abstract class ChangeApplier
{
    /// <summary>Applies the change; returns false if it belongs to another feature.</summary>
    public abstract bool TryApply(AppliedCommit commit, RoomChange change);
}

/// <summary>The applier of every change that is a <typeparamref name="T"/>.</summary>
internal abstract class ChangeApplier<T> : ChangeApplier
    where T : RoomChange
{
    public override bool TryApply(AppliedCommit commit, RoomChange change)
    {
        if (change is not T own)
            return false;

        Apply(commit, own);
        return true;
    }

    protected abstract void Apply(AppliedCommit commit, T change);
}
