namespace Swarms.Hub.Protocol;

/// <summary>The advice to a client after an <see cref="Ending"/>: try again or not.</summary>
public enum ComeBack
{
    /// <summary>Do not try again: the same call would end in the same way.</summary>
    No,

    /// <summary>Try again at once, with the cursor of the last frame.</summary>
    Now,

    /// <summary>Try again after <c>Retry-After</c>; without it, after a growing delay.</summary>
    After,
}
