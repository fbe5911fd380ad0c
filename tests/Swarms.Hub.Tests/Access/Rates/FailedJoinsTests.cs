using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Access;

public sealed class FailedJoinsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FailedJoins _joins;

    public FailedJoinsTests() => _joins = new FailedJoins(Options.Create(new AccessOptions { MaxFailedJoinsPerMinute = 2 }), _time);

    [Fact]
    public void Addresses_Of_One_IPv6_Network_Share_One_Limit()
    {
        Fail("2001:db8:1:2::1");
        Fail("2001:db8:1:2:aaaa:bbbb:cccc:dddd");

        Assert.True(IsRefused("2001:db8:1:2::3"));
        Assert.False(IsRefused("2001:db8:1:3::1"));
    }

    [Fact]
    public void Addresses_Of_IPv4_Are_Counted_One_By_One_Also_Where_They_Come_As_IPv6()
    {
        Fail("::ffff:192.0.2.1");
        Fail("192.0.2.1");

        Assert.True(IsRefused("::ffff:192.0.2.1"));
        Assert.True(IsRefused("192.0.2.1"));
        Assert.False(IsRefused("::ffff:192.0.2.2"));
    }

    [Fact]
    public void Limit_Is_A_Minutes()
    {
        Fail("192.0.2.1");
        Fail("192.0.2.1");
        Assert.True(IsRefused("192.0.2.1"));

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.False(IsRefused("192.0.2.1"));
    }

    [Fact]
    public void Addresses_Beyond_Those_That_Are_Kept_Share_One_Limit_Until_The_Minute_Is_Over()
    {
        for (var i = 0; i < FailedJoins.MaxNetworks; i++)
            Fail($"10.0.{i / 256}.{i % 256}");

        Fail("192.0.2.1");
        Fail("192.0.2.2");

        Assert.True(IsRefused("192.0.2.3"));
        Assert.False(IsRefused("10.0.0.1"));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(IsRefused("192.0.2.3"));
    }

    [Fact]
    public void Networks_Of_One_48_Share_A_Tenfold_Limit_And_Others_Have_Theirs()
    {
        for (var i = 0; i < 20; i++)
            Assert.False(IsRefused($"2001:db8:1:{i:x}::1"));

        Assert.True(IsRefused("2001:db8:1:ffff::1"));
        Assert.False(IsRefused("2001:db8:2::1"));
        Assert.False(IsRefused("192.0.2.1"));
    }

    private void Fail(string address) => Assert.Equal(ErrorCodes.NotFound, _joins.Refuse(From(address)).Code);

    // Each question is a wrong code more.
    private bool IsRefused(string address) => _joins.Refuse(From(address)).Code == ErrorCodes.RateLimited;

    private static DefaultHttpContext From(string address)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        return context;
    }
}
