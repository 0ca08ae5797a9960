using System.Xml.Linq;

namespace Serverless.Assets.TestSupport;

/// <summary>
/// A user's project that references the package, in a folder that is isolated from its surroundings by a
/// <see cref="BuildIsolation"/>.
/// </summary>
internal sealed class ConsumerProject
{
    private const string PlainSdk = "Microsoft.NET.Sdk";

    private readonly XElement _properties = new("PropertyGroup");
    private readonly XElement _items = new("ItemGroup");
    private readonly XElement _project;
    private readonly Dictionary<string, string> _environment = [];
    private readonly PackageFeed _feed;
    private readonly TempFolder _root;
    private readonly BuildRuns _runs;

    private ConsumerProject(PackageFeed feed, TempFolder root, string name, string sdk)
    {
        _feed = feed;
        _root = root;
        Name = name;
        Folder = _root.Folder(name);
        _runs = new BuildRuns(root.Path, name);
        Restores = new RestoreCache(this);
        _project = new XElement("Project", new XAttribute("Sdk", sdk), _properties, _items);
        Property("TargetFramework", "net10.0");
        ItemInclude("PackageReference", "Serverless.Assets.Build", ("Version", feed.Version), ("PrivateAssets", "all"));
    }

    public string Name { get; }

    /// <summary>Full path of the project folder.</summary>
    public string Folder { get; }

    /// <summary>Contains <see cref="Folder"/>, and the command, output and binary log of every run.</summary>
    public string Root => _root.Path;

    /// <summary>The manifest of a publish, which uses the configuration Release.</summary>
    public string ManifestPath => PathOf("bin/Release/net10.0/serverless-assets.manifest.json");

    /// <summary>What is known of the restores of the project.</summary>
    public RestoreCache Restores { get; }

    /// <summary>The environment variables of the builds.</summary>
    public IReadOnlyDictionary<string, string> Variables => _environment;

    /// <param name="sdk">
    /// With any other SDK than the default, packages also come from the sources of the machine.
    /// </param>
    public static ConsumerProject Create(PackageFeed feed, string name = "Site", string sdk = PlainSdk)
    {
        var project = new ConsumerProject(feed, new TempFolder(), name, sdk);
        BuildIsolation.Apply(project.Root, feed, usesOtherPackages: sdk != PlainSdk);
        return project;
    }

    /// <summary>Creates another project in a folder beside this one, with the same isolation.</summary>
    public ConsumerProject Beside(string name) => new(_feed, _root, name, PlainSdk);

    public string PathOf(string file) => _root[$"{Name}/{file}"];

    /// <summary>Sets a property, or replaces its value.</summary>
    public ConsumerProject Property(string name, string value)
    {
        _properties.SetElementValue(name, value);
        return this;
    }

    public ConsumerProject ItemInclude(string type, string include, params (string Name, string Value)[] metadata)
    {
        _items.Add(
            new XElement(
                type,
                new XAttribute("Include", include),
                metadata.Select(entry => new XElement(entry.Name, entry.Value))
            )
        );
        return this;
    }

    /// <summary>Removes the reference to the package.</summary>
    public ConsumerProject WithoutPackage()
    {
        _items.Elements("PackageReference").Remove();
        return this;
    }

    /// <summary>Adds a target or another element at the end of the project file.</summary>
    public ConsumerProject Element(string xml)
    {
        _project.Add(XElement.Parse(xml));
        return this;
    }

    /// <summary>Writes a file of the project.</summary>
    public ConsumerProject File(string path, string text) => File(path, System.Text.Encoding.UTF8.GetBytes(text));

    /// <inheritdoc cref="File(string, string)"/>
    public ConsumerProject File(string path, byte[] content)
    {
        _root.Write($"{Name}/{path}", content);
        return this;
    }

    /// <summary>Writes a file of another project beside this one.</summary>
    public ConsumerProject FileBeside(string path, string text)
    {
        _root.Write(path, text);
        return this;
    }

    /// <summary>Sets an environment variable of the builds.</summary>
    public ConsumerProject Environment(string name, string value)
    {
        _environment[name] = value;
        return this;
    }

    public Task<ConsumerBuild> PublishAsync(params string[] arguments) => RunAsync(["publish", .. arguments]);

    public Task<ConsumerBuild> BuildAsync(params string[] arguments) => RunAsync(["build", .. arguments]);

    public Task<ConsumerBuild> PackAsync(params string[] arguments) => RunAsync(["pack", .. arguments]);

    public Task<ConsumerBuild> CleanAsync(params string[] arguments) => RunAsync(["clean", .. arguments]);

    /// <summary>Runs targets, in the configuration Debug unless the arguments name another.</summary>
    public Task<ConsumerBuild> MSBuildAsync(string targets, params string[] arguments) =>
        RunAsync(["msbuild", "-restore", $"-t:{targets}", .. arguments]);

    /// <summary>
    /// Runs <c>dotnet</c> without a binary log, which raises the verbosity of tasks, and with the default logger.
    /// </summary>
    public Task<(int ExitCode, string Output)> RunPlainAsync(params string[] arguments)
    {
        Save();
        return DotNet.RunAsync(Folder, arguments, _environment);
    }

    /// <summary>Runs <c>dotnet</c> in the folder of the project; without a restore, if its result is known.</summary>
    public Task<ConsumerBuild> RunAsync(params string[] arguments)
    {
        Save();
        return _runs.RunAsync(Folder, arguments, [Restores], _environment);
    }

    /// <summary>Starts <c>dotnet</c> in the folder of the project; the test ends it.</summary>
    public ChildProcess Start(params string[] arguments)
    {
        Save();
        return DotNet.Start(Folder, arguments, _environment);
    }

    /// <summary>
    /// Starts a build that the test ends. It has no binary log: that would be incomplete, and with it the console shows
    /// more than it does otherwise.
    /// </summary>
    public ChildProcess StartMSBuild(string targets, params string[] arguments) =>
        Start(["msbuild", "-restore", $"-t:{targets}", .. arguments, "-tl:off"]);

    /// <summary>Starts a build in a terminal, with the terminal logger.</summary>
    public Terminal StartInTerminal(params string[] arguments)
    {
        Save();
        var command = string.Join(' ', ["dotnet", .. arguments.Select(Terminal.Quote), "-tl:on"]);
        return Terminal.Start(
            Folder,
            columns: 160,
            command,
            start => ProcessEnvironment.SetForBuild(start, _environment)
        );
    }

    /// <summary>Writes the project file, as every run does.</summary>
    public void Save() => new XDocument(_project).Save(PathOf($"{Name}.csproj"));

    public void Delete() => _root.Dispose();
}
