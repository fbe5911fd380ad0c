namespace Swarms.Hub.Protocol;

/// <summary>Whether a client should try again after an <see cref="Ending"/>.</summary>
public enum ComeBack
{
    /// <summary>The same call would end in the same way.</summary>
    No,

    /// <summary>At once, with the cursor of the last frame.</summary>
    Now,

    /// <summary>After <c>Retry-After</c> where it is given, else after a delay that grows.</summary>
    After,
}
