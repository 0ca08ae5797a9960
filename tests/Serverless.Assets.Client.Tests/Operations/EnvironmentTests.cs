using System.Text.Json;

namespace Serverless.Assets.Client.Tests.Operations;

/// <summary>An Environment is found by its unique name, or else by its domain suffix.</summary>
public sealed class EnvironmentTests : ClientTest
{
    private static readonly (string Name, string? Suffix) WithSuffix = ("dev-environment", "dev");

    /// <summary>The service's description allows null for an Environment without a suffix.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task An_empty_suffix_finds_the_Environment_without_one(string? none)
    {
        Assert.Equal("production", await FindAsync("", WithSuffix, ("production", none)));
        Assert.Equal("production", await FindAsync("production", WithSuffix, ("production", none)));
        Assert.Equal("dev-environment", await FindAsync("dev", ("production", none), WithSuffix));
    }

    [Fact]
    public async Task An_empty_suffix_does_not_find_an_Environment_with_one() =>
        Assert.Null(await FindAsync("", WithSuffix));

    [Fact]
    public async Task A_unique_name_has_precedence_over_a_suffix() =>
        Assert.Equal("dev", await FindAsync("dev", WithSuffix, ("dev", "other")));

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Every_form_of_an_Environment_without_a_suffix_is_read(string field)
    {
        var environment = Assert.Single(await ListAsync($$"""{{{Fields(1, "production")}}{{field}} }"""));

        Assert.True(string.IsNullOrEmpty(environment.DomainSuffix));
        Assert.Same(environment, EnvironmentOperations.Find([environment], ""));
    }

    public static TheoryData<string> Forms => ["", """, "domain_suffix": null""", """, "domain_suffix": "" """];

    private async Task<string?> FindAsync(string nameOrSuffix, params (string Name, string? Suffix)[] environments)
    {
        var json = environments.Select(
            (environment, index) =>
                $$"""{{{Fields(index, environment.Name)}}, "domain_suffix": {{JsonSerializer.Serialize(environment.Suffix)}} }"""
        );
        return EnvironmentOperations.Find(await ListAsync([.. json]), nameOrSuffix)?.UniqueName;
    }

    private Task<IReadOnlyList<EnvironmentResource>> ListAsync(params string[] environments) =>
        CreateClient(
            new StubHandler(_ =>
                StubHandler.Json(
                    $$"""{ "meta": { "key": "environments" }, "environments": [{{string.Join(", ", environments)}}] }"""
                )
            )
        )
            .Environments.ListAllAsync(Service, Cancellation);

    private static string Fields(int number, string name) =>
        $""" "sid": "ZE{number:x32}", "unique_name": "{name}", "domain_name": "site-1234.twil.io" """;
}
