namespace Swarms.Hub.Access;

/// <summary>The kinds of proof that a request may present.</summary>
internal enum CallerKind
{
    /// <summary>The operator's key.</summary>
    Operator,

    /// <summary>A token in a header.</summary>
    Token,

    /// <summary>A ticket in a URL.</summary>
    Ticket,

    /// <summary>The token of an embed, in a header or behind a ticket.</summary>
    Embed,

    /// <summary>The page's own cookie.</summary>
    Session,
}
