using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Tests.Diagnostics;

public sealed class DiagnosticBagTests
{
    private static readonly Diagnostic Error = DiscoveryDiagnostics.FileEmpty("b.txt", "/b.txt");
    private static readonly Diagnostic OtherError = DiscoveryDiagnostics.FileEmpty("a.txt", "/a.txt");
    private static readonly Diagnostic Warning = DiscoveryDiagnostics.SourceWouldBePublic("c.cs", "/c.cs");

    [Fact]
    public void Problems_keep_their_order_and_an_equal_one_is_added_once()
    {
        DiagnosticBag bag = [Error, Warning];
        bag.AddRange([OtherError, DiscoveryDiagnostics.FileEmpty("b.txt", "/b.txt"), Warning]);

        Assert.Equal([Error, Warning, OtherError], bag);
        Assert.Equal([Error, OtherError], bag.Errors);
    }

    [Fact]
    public void Warnings_alone_throw_nothing()
    {
        DiagnosticBag bag = [Warning];

        bag.ThrowIfErrors();

        Assert.False(bag.HasErrors);
    }

    [Fact]
    public void A_report_logs_the_warnings_and_throws_the_errors()
    {
        var logger = new RecordingLogger();
        DiagnosticBag bag = [Error, Warning, OtherError];

        var failure = Assert.Throws<AssetException>(() => bag.Report(logger));

        Assert.True(bag.HasErrors);
        Assert.Equal([Error, OtherError], failure.Diagnostics);
        Assert.Equal([Warning], logger.Warnings);
    }
}
