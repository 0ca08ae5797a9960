using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using System.Xml.Linq;
using Serverless.Assets.CodeGeneration;

namespace Serverless.Assets.Tests.CodeGeneration;

/// <summary>Compiles constants for names that a file system allows, and C# does not expect.</summary>
public sealed class CompilationTests : IDisposable
{
    private static readonly string[] HostilePaths =
    [
        .. Enumerable.Range(1, 0x2ff).Select(character => $"/chars/a{(char)character}b.txt"),
        "/line\nbreak.txt",
        "/line\r\nbreak/a\nb/c.txt",
        "/next\u0085line.txt",
        "/line\u2028separator\u2029paragraph.txt",
        "/a&b/c&amp;d.txt",
        "/<c>/</c></summary>.txt",
        "/*/ */ // /* .txt",
        "/\"quoted\"/back\\slash\\n\\u0041.txt",
        "/{0}{{brace}}.txt",
        "/\ud800.txt",
        "/\udc00\ud800/x.txt",
        "/\ufffe\uffff\ufeff.txt",
        "/bidi\u202e\u2066.txt",
        "/😀/🎵.mp3",
        "/日本.txt",
        "/中文.txt",
        "/null\0.txt",
        "/class",
        "/namespace/int/string.txt",
        "/record",
        "/_/_/_",
        "/---",
        "/2",
        "/__2",
        "/Equals/GetHashCode/ToString",
        "/Assets/Assets/Assets.txt",
        "/assets",
        "/BaseUrl",
        "/baseUrl",
        "/base-url/base_url",
        "/System/String/Object",
        "/a.txt",
        "/A.txt",
        "/a-txt",
        "/a/txt",
        "/A/txt",
        "/a.txt/b",
        "//double//slash/",
        "/",
        "/" + new string('x', 2000),
        "/" + new string('x', 2000) + "y",
        "/" + new string('9', 600) + "/" + new string('é', 600) + ".txt",
        string.Concat(Enumerable.Repeat("/d", 127)),
        "/#region/#if/#endif",
        "/$\"{x}\"/@\"y\"",
        "/'/''",
        "/]]>/<![CDATA[",
        "/<!--/-->",
        "/trailing\\",
    ];

    private static readonly Task<string> SdkFolder = FindSdkFolderAsync();

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Constants_of_any_names_compile_without_a_warning_and_have_the_paths_as_values()
    {
        var assembly = await CompileAsync(
            ConstantsSource.Generate(HostilePaths, "My.App", "Assets", "https://a.test/\"\n")
        );

        var constants = GetConstants(assembly.GetType("My.App.Assets", throwOnError: true)!).ToList();
        Assert.Equal(
            HostilePaths.Append("https://a.test/\"\n").Order(StringComparer.Ordinal),
            constants.Order(StringComparer.Ordinal)
        );
        Assert.NotEmpty(XDocument.Load(_temp["constants.xml"]).Descendants("member"));
    }

    [Theory]
    [InlineData("", "Assets", "Assets")]
    [InlineData("event", "class", "event.class")]
    [InlineData("My-Site", "Asset-Paths", "My_Site.Asset_Paths")]
    [InlineData("2024.Site.v1.5", "1st", "_2024.Site.v1._5._1st")]
    [InlineData("My App..Web", "record", "My_App.Web.record")]
    [InlineData("@event.Größe", "@class", "event.Größe.class")]
    public async Task A_namespace_and_a_class_of_any_name_compile(
        string namespaceName,
        string className,
        string fullName
    )
    {
        var assembly = await CompileAsync(
            ConstantsSource.Generate(["/a.txt", "/class/record.txt", "/1st"], namespaceName, className, baseUrl: null)
        );
        Assert.NotNull(assembly.GetType(fullName));
    }

    private static IEnumerable<string> GetConstants(Type type) =>
        type.GetFields()
            .Select(field => (string)field.GetRawConstantValue()!)
            .Concat(type.GetNestedTypes().SelectMany(GetConstants));

    /// <summary>Compiles with the compiler of the SDK, with documentation and warnings as errors.</summary>
    private async Task<Assembly> CompileAsync(string source)
    {
        var file = _temp.Write("constants.cs", new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(source));
        await RunAsync(
            "exec",
            Path.Combine(await SdkFolder, "Roslyn", "bincore", "csc.dll"),
            "-shared", // the compiler server; a compiler that has just started takes seconds
            "-noconfig",
            "-nologo",
            "-target:library",
            "-warnaserror",
            "-warn:9999",
            "-nullable:enable",
            "-langversion:latest",
            $"-doc:{_temp["constants.xml"]}",
            $"-out:{_temp["constants.dll"]}",
            $"-reference:{typeof(object).Assembly.Location}",
            file
        );
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(
            new MemoryStream(
                await File.ReadAllBytesAsync(_temp["constants.dll"], TestContext.Current.CancellationToken)
            )
        );
    }

    private static async Task<string> FindSdkFolderAsync() =>
        Path.Combine(Path.GetDirectoryName(DotNet.Host)!, "sdk", (await RunAsync("--version")).Trim());

    private static async Task<string> RunAsync(params string[] arguments)
    {
        using var process = ChildProcess.Start(DotNet.Host, arguments, Repository.Root);
        var ended = await process.EndAsync();
        Assert.True(ended.ExitCode == 0, process.Output);
        return ended.Out;
    }
}
