using Serverless.Assets.Client;
using Serverless.Assets.Discovery;
using Serverless.Assets.Mapping;

namespace Serverless.Assets.Tests.Mapping;

public sealed class ServiceRulesTests
{
    public static TheoryData<string> AllCultures => Cultures.All;

    private static readonly FolderSource Source = new("/site", [], []);

    [Theory]
    [InlineData("/a.txt", null)]
    [InlineData("/images/a.png", "images")]
    [InlineData("/images/large/a.png", "large")]
    [InlineData("/images/large/own/a.png", null)]
    [InlineData("/imagesx/a.png", null)]
    [InlineData("/images", null)]
    [InlineData("/x/images/a.png", null)]
    public void The_longest_folder_of_a_path_decides(string path, string? service) =>
        Assert.Equal(
            service,
            new ServiceRules([
                new ServiceRule("/images/", "images"),
                new ServiceRule("/images/large/", "large"),
                new ServiceRule("/images/large/own/", Service: null),
            ])
                .Find(path)
                ?.Service
        );

    [Fact]
    public void A_rule_for_the_root_decides_about_all_other_paths()
    {
        var rules = new ServiceRules([new ServiceRule("/", "rest"), new ServiceRule("/a/", "a")]);

        Assert.Equal(("rest", "a"), (rules.Find("/x.txt")?.Service, rules.Find("/a/x.txt")?.Service));
    }

    [Theory]
    [MemberData(nameof(AllCultures))]
    public void Letter_case_matters_in_every_culture(string culture)
    {
        Cultures.Use(culture);
        var rules = new ServiceRules([new ServiceRule("/images/", "images")]);

        Assert.Null(rules.Find("/IMAGES/a.png"));
        Assert.Null(rules.Find("/ımages/a.png"));
        Assert.Equal("images", rules.Find("/images/a.png")?.Service);
    }

    [Fact]
    public void The_copy_of_the_start_page_stays_with_the_page_and_a_file_of_that_path_does_not()
    {
        var rules = new ServiceRules([new ServiceRule("/assets/", "other")]);
        var copy = File("/assets/index.html") with { IsRootIndexCopy = true };

        var assigned = rules.Assign([copy, File("/assets/a.txt"), File("/index.html")]);

        Assert.Equal([null, "other", null], assigned.Files.Select(file => file.Service));
        Assert.Equal("other", Assert.Single(rules.Assign([File("/assets/index.html")]).Files).Service);
    }

    [Fact]
    public void Rules_that_decide_about_no_file_are_found()
    {
        ServiceRule[] rules = [new("/a/", "a"), new("/a/b/", "b"), new("/c/", "a")];

        Assert.Equal([rules[0], rules[2]], new ServiceRules(rules).Assign([File("/a/b/x.txt")]).Unused);
        Assert.Equal(["a", "b"], new ServiceRules(rules).Services);
    }

    private static MappedFile File(string path) =>
        new("/site" + path, "site" + path, path, Visibility.Public, "text/plain", Source);
}
