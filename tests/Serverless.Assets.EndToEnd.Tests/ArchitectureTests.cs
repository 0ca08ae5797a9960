using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>
/// Which project may reference which, in the project files and in the compiled assemblies. The test is here because
/// only the end-to-end tests build every project.
/// </summary>
public sealed class ArchitectureTests
{
    private const string Client = "Serverless.Assets.Client";
    private const string Engine = "Serverless.Assets";
    private const string Reporting = "Serverless.Assets.Reporting";
    private const string Build = "Serverless.Assets.Build";
    private const string Cli = "Serverless.Assets.Cli";
    private const string Emulator = "Serverless.Assets.Emulator";
    private const string TestSupport = "Serverless.Assets.TestSupport";

    /// <summary>Each project of the product, and the projects whose assemblies it may use: those below it.</summary>
    private static readonly Dictionary<string, string[]> Layers = new()
    {
        [Client] = [],
        [Engine] = [Client],
        [Reporting] = [Engine, Client],
        [Build] = [Reporting, Engine, Client],
        [Cli] = [Reporting, Engine, Client],
        [Emulator] = [],
    };

    /// <summary>
    /// References that the layers do not allow, each with its reason. A front uses the emulator as a process.
    /// </summary>
    private static readonly Dictionary<(string From, string To), string> Exceptions = new()
    {
        [(Cli, Emulator)] = "The tool is also the program of the emulator, which its package therefore contains.",
    };

    /// <summary>
    /// Projects that are built for another one but that it does not compile against: they are run as processes.
    /// </summary>
    private static readonly (string From, string To)[] Processes = [(Build, Emulator)];

    public static TheoryData<string> Projects => [.. Layers.Keys];

    [Fact]
    public void Every_project_of_the_product_has_a_layer() =>
        Assert.Equal(Layers.Keys.Order(StringComparer.Ordinal), FindProjects("src").Keys.Order(StringComparer.Ordinal));

    /// <summary>Comments may name addresses. The emulator is the other side.</summary>
    [Theory]
    [InlineData("serverless.twilio.com")]
    [InlineData("serverless-upload")]
    [InlineData("v1/")]
    [InlineData("/Versions")]
    public void Only_the_client_knows_the_addresses_of_the_service(string address)
    {
        var projects = FindProjects("src").Where(project => project.Key is not (Client or Emulator));
        var lines = projects
            .SelectMany(project =>
                Directory.EnumerateFiles(Path.GetDirectoryName(project.Value)!, "*.cs", SearchOption.AllDirectories)
            )
            .Where(file =>
                !file.Contains(
                    $"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}",
                    StringComparison.Ordinal
                )
            )
            .SelectMany(file => File.ReadLines(file).Select(line => (File: Path.GetFileName(file), Text: line.Trim())))
            .Where(line => !line.Text.StartsWith("//", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(lines);
        Assert.DoesNotContain(lines, line => line.Text.Contains(address, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_file_references_only_the_layers_below(string project)
    {
        var references = ReadProject(FindProjects("src")[project]);

        Assert.Equal(references.Where(reference => reference.IsCompiled && !IsAllowed(project, reference.Project)), []);
        Assert.Equal(
            references.Where(reference => !reference.IsCompiled && !Processes.Contains((project, reference.Project))),
            []
        );
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void An_assembly_references_only_the_layers_below(string project)
    {
        var assembly = project == Cli ? Repository.ToolAssembly : Repository.OutputOf(project, $"{project}.dll");

        Assert.Equal([], ReadAssembly(assembly).Where(reference => !IsAllowed(project, reference)));
    }

    /// <summary>Both are internal to the fronts: whatever they export would become a promise to users.</summary>
    [Theory]
    [InlineData(Engine)]
    [InlineData(Reporting)]
    public void An_internal_assembly_exports_no_type(string project)
    {
        using var portableExecutable = new PEReader(File.OpenRead(Repository.OutputOf(project, $"{project}.dll")));
        var metadata = portableExecutable.GetMetadataReader();

        Assert.Equal(
            [],
            metadata
                .TypeDefinitions.Select(metadata.GetTypeDefinition)
                .Where(type => type.Attributes.HasFlag(TypeAttributes.Public) && !type.IsNested)
                .Select(type => metadata.GetString(type.Name))
        );
    }

    /// <summary>With <c>--emulator</c>, it starts a process like the other front.</summary>
    [Fact]
    public void The_tool_uses_nothing_of_the_emulator_but_its_command()
    {
        using var portableExecutable = new PEReader(File.OpenRead(Repository.ToolAssembly));
        var metadata = portableExecutable.GetMetadataReader();

        Assert.Equal(
            [$"{Emulator}.EmulatorCommand"],
            metadata
                .TypeReferences.Select(metadata.GetTypeReference)
                .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}")
                .Where(name => name.StartsWith(Emulator, StringComparison.Ordinal))
        );
    }

    /// <summary>An exception that is no longer needed does not stay in the list.</summary>
    [Fact]
    public void Every_exception_is_used()
    {
        var projects = FindProjects("src");

        Assert.All(
            Exceptions.Keys,
            exception =>
                Assert.Contains(
                    ReadProject(projects[exception.From]),
                    reference => reference.IsCompiled && reference.Project == exception.To
                )
        );
    }

    [Fact]
    public void Only_test_projects_reference_the_test_support()
    {
        var users = new[] { "src", "tests", "samples", "bench", "templates" }
            .SelectMany(FindProjects)
            .Where(project => ReadProject(project.Value).Any(reference => reference.Project == TestSupport))
            .Select(project => project.Key);

        Assert.Equal([], users.Where(project => !project.EndsWith("Tests", StringComparison.Ordinal)));
    }

    /// <summary>The tests of the engine must build and run while a front does not.</summary>
    [Fact]
    public void The_test_support_references_no_front()
    {
        var references = ReadProject(FindProjects("tests")[TestSupport]).Select(reference => reference.Project);

        Assert.Equal([], references.Where(reference => reference is Build or Cli));
        Assert.Equal(
            [],
            ReadAssembly(typeof(Repository).Assembly.Location).Where(reference => reference is Build or Cli)
        );
    }

    /// <summary>The client is a package of its own, so its tests use it without the engine.</summary>
    [Fact]
    public void The_tests_of_the_client_reference_no_other_project_of_the_product() =>
        Assert.Equal(
            [Client, TestSupport],
            ReadProject(FindProjects("tests")[$"{Client}.Tests"]).Select(reference => reference.Project)
        );

    /// <summary>They see the product as its users do: as packages and programs. Only the emulator is hosted.</summary>
    [Fact]
    public void The_end_to_end_tests_use_no_assembly_of_the_product_but_the_emulator() =>
        Assert.Equal(
            [Emulator, TestSupport],
            ReadAssembly(typeof(ArchitectureTests).Assembly.Location).Order(StringComparer.Ordinal)
        );

    private static bool IsAllowed(string from, string to) =>
        Layers[from].Contains(to) || Exceptions.ContainsKey((from, to));

    /// <summary>Full paths of the project files below a folder, by name.</summary>
    private static Dictionary<string, string> FindProjects(string folder) =>
        Directory
            .EnumerateFiles(Repository.PathOf(folder), "*.csproj", SearchOption.AllDirectories)
            .Where(file =>
                // The project in the template, and its copies with a version.
                !Path.GetRelativePath(Repository.Root, file)
                    .Split(Path.DirectorySeparatorChar)
                    .Any(folder => folder is "content" or "obj")
            )
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file));

    private static IReadOnlyList<(string Project, bool IsCompiled)> ReadProject(string file) =>
        [
            .. XDocument
                .Load(file)
                .Descendants("ProjectReference")
                .Select(reference =>
                    (
                        Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value),
                        reference.Attribute("ReferenceOutputAssembly")?.Value != "false"
                    )
                ),
        ];

    /// <summary>The projects of this repository whose assemblies a compiled assembly references.</summary>
    private static IReadOnlyList<string> ReadAssembly(string file)
    {
        using var stream = File.OpenRead(file);
        using var portableExecutable = new PEReader(stream);
        var metadata = portableExecutable.GetMetadataReader();
        return
        [
            .. metadata
                .AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))
                .Select(name => name == "serverless-assets" ? Cli : name)
                .Where(name => name.StartsWith(Engine, StringComparison.Ordinal)),
        ];
    }
}
