namespace Swarms.Hub.Runs;

/// <summary>Lets starts with one idempotency key go one after the other, so that the second finds what the first has started. Safe from any thread.</summary>
internal sealed class IdempotencyGate
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Member, string Key), Gate> _gates = [];

    /// <summary>Waits for its turn; the next one's comes when it is disposed.</summary>
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
