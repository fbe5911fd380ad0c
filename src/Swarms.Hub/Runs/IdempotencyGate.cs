namespace Swarms.Hub.Runs;

/// <summary>
/// Serializes starts with the same idempotency key, so that the second finds the run of the first. Safe from any thread.
/// </summary>
internal sealed class IdempotencyGate
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Member, string Key), Gate> _gates = [];

    /// <summary>Waits for the caller's turn, which ends when the result is disposed.</summary>
    public async Task<IDisposable> TakeAsync(string member, string key, CancellationToken cancellationToken)
    {
        Gate gate;
        lock (_lock)
        {
            if (!_gates.TryGetValue((member, key), out gate!))
                _gates.Add((member, key), gate = new Gate(this, (member, key)));

            gate.Users++;
        }

        try
        {
            await gate.Semaphore.WaitAsync(cancellationToken);
            return gate;
        }
        catch
        {
            Leave(gate);
            throw;
        }
    }

    private void Leave(Gate gate)
    {
        lock (_lock)
        {
            if (--gate.Users == 0)
                _gates.Remove(gate.Id);
        }
    }

    private sealed class Gate(IdempotencyGate owner, (string, string) id) : IDisposable
    {
        public (string Member, string Key) Id { get; } = id;

        public SemaphoreSlim Semaphore { get; } = new(1);

        public int Users { get; set; }

        public void Dispose()
        {
            Semaphore.Release();
            owner.Leave(this);
        }
    }
}
