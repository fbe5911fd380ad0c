namespace Swarms.Hub.Hosting;

/// <summary>
/// Answers <c>HEAD</c> wherever <c>GET</c> is answered: the request is routed as a <c>GET</c>, and Kestrel sends no body. Behind the
/// routing it is a <c>HEAD</c> again, so that an endpoint without an end can tell.
/// </summary>
internal static class HeadRequests
{
    public static void UseRoutingWithHead(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            if (HttpMethods.IsHead(context.Request.Method))
            {
                context.Request.Method = HttpMethods.Get;
                context.Items[typeof(HeadRequests)] = true;
            }

            return next(context);
        });
        app.UseRouting();
        app.Use((context, next) =>
        {
            if (context.Items.ContainsKey(typeof(HeadRequests)))
                context.Request.Method = HttpMethods.Head;

            return next(context);
        });
    }
}
