using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Storage.Model;

/// <summary>
/// Applies one feature's changes inside the writer's transaction, where nothing comes between a look and a change. Called by the
/// writer's loop only. A change that contradicts what is stored throws the refusal, and its commit leaves no trace.
/// </summary>
internal abstract class ChangeApplier
{
    /// <summary>False for a change of another feature.</summary>
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
