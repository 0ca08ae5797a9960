using System.Text.RegularExpressions;
using Serverless.Assets.Mapping;

namespace Serverless.Assets.Tests.Mapping;

/// <summary>In .NET, <c>$</c> also matches before a line break at the end, which is part of a file name or value.</summary>
public sealed partial class RegularExpressionTests
{
    [Fact]
    public void None_in_the_sources_or_targets_accepts_a_trailing_line_break()
    {
        var sources = Directory
            .EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Contains("obj"))
            .SelectMany(file => InSource().Matches(File.ReadAllText(file)));
        var targets = Directory
            .EnumerateFiles(Repository.PathOf("build"), "*.targets", SearchOption.AllDirectories)
            .SelectMany(file => InTargets().Matches(File.ReadAllText(file)));
        var patterns = sources.Concat(targets).Select(match => match.Groups["pattern"].Value).ToList();

        Assert.InRange(patterns.Count, 12, 100);
        Assert.DoesNotContain(patterns, pattern => Literal().Replace(pattern, "").Contains('$'));
    }

    [Theory]
    [InlineData("names.private\n")]
    [InlineData("names.protected\n")]
    public void A_marker_with_a_line_break_after_it_is_none(string name)
    {
        Assert.Null(VisibilityMarker.FindMisplaced(name));
        Assert.Equal((name, null), VisibilityMarker.Remove(name));
    }

    [GeneratedRegex(@"(GeneratedRegex|new Regex)\((?<pattern>.*?)\)\]", RegexOptions.Singleline)]
    private static partial Regex InSource();

    [GeneratedRegex(@"IsMatch\('[^']*', '(?<pattern>[^']*)'\)")]
    private static partial Regex InTargets();

    /// <summary>Escaped characters, character classes, and the signs of interpolated strings.</summary>
    [GeneratedRegex(@"\\.|\[[^\]]*\]|\$@?""|@\$""")]
    private static partial Regex Literal();
}
