// Generates src/Serverless.Assets.Client/Content/content-types.txt from mime-db, the public database of media types:
//
//     npm pack mime-db && tar -xzf mime-db-*.tgz
//     dotnet run build/tools/GenerateContentTypes.cs -- package/db.json
//
// Reads the version and the license from package.json and LICENSE in the folder of db.json.
// The output depends only on the input.

using System.Globalization;
using System.Text;
using System.Text.Json;

// Extensions that mime-db lacks, or that have a different meaning on a web site.
(string Extension, string Type, string Reason)[] ours =
[
    ("blat", "application/octet-stream", "time zone data of Blazor; not in mime-db"),
    ("br", "application/octet-stream", "Brotli is a content coding (RFC 7932) and has no media type"),
    ("dat", "application/octet-stream", "ICU data of Blazor; not in mime-db"),
    ("gsm", "audio/gsm", "what Twilio's <Play> takes; not in mime-db"),
    ("pdb", "application/octet-stream", "debug symbols of .NET, where mime-db has the databases of the Palm Pilot"),
    ("twiml", "text/xml", "Twilio's markup for calls and messages; not in mime-db"),
    ("ulaw", "audio/ulaw", "what Twilio's <Play> takes; not in mime-db"),
];

if (args is not [var databasePath])
{
    Console.Error.WriteLine("Usage: dotnet run build/tools/GenerateContentTypes.cs -- path/to/db.json");
    return 2;
}

var packageFolder = Path.GetDirectoryName(Path.GetFullPath(databasePath))!;
using var package = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(packageFolder, "package.json")));
using var database = JsonDocument.Parse(File.ReadAllBytes(databasePath));
var version = package.RootElement.GetProperty("version").GetString();
var licence = File.ReadAllText(Path.Combine(packageFolder, "LICENSE")).ReplaceLineEndings("\n").Trim();

var types = new SortedDictionary<string, string>(StringComparer.Ordinal);
foreach (var entry in database.RootElement.EnumerateObject().OrderBy(entry => entry.Name, StringComparer.Ordinal))
{
    if (!entry.Value.TryGetProperty("extensions", out var extensions))
    {
        continue;
    }

    foreach (var element in extensions.EnumerateArray())
    {
        var extension = element.GetString()!;
        if (extension.Length == 0 || extension.Any(c => c == '.' || char.IsUpper(c) || char.IsWhiteSpace(c)))
        {
            throw new InvalidDataException(
                $"{entry.Name} has the extension '{extension}', which ContentTypes cannot look up."
            );
        }

        // If scores are equal, the later type wins, as in mime-types.
        if (!types.TryGetValue(extension, out var rival) || Score(entry.Name) >= Score(rival))
        {
            types[extension] = entry.Name;
        }
    }
}

var text = new StringBuilder();
text.Append(
    "# The media type of each file extension. Generated: do not edit, but change build/tools/GenerateContentTypes.cs.\n"
);
text.Append("#     npm pack mime-db && tar -xzf mime-db-*.tgz\n");
text.Append("#     dotnet run build/tools/GenerateContentTypes.cs -- package/db.json\n");
text.Append(
    CultureInfo.InvariantCulture,
    $"# Source: mime-db {version} (https://github.com/jshttp/mime-db), MIT licence, see below.\n"
);
text.Append("# Of several types for one extension, the one that mime-types 3 chooses. Other than in mime-db:\n");
foreach (var (extension, type, reason) in ours)
{
    types[extension] = type;
    text.Append(CultureInfo.InvariantCulture, $"#     {extension} {type}: {reason}\n");
}

text.Append("#\n");
foreach (var line in licence.Split('\n'))
{
    text.Append(("# " + line).TrimEnd()).Append('\n');
}

text.Append("#\n");
foreach (var (extension, type) in types)
{
    text.Append(extension).Append('\t').Append(type).Append('\n');
}

var toolFolder = (string)AppContext.GetData("EntryPointFileDirectoryPath")!; // set by `dotnet run file.cs`
var output = Path.GetFullPath(Path.Combine(toolFolder, "../../src/Serverless.Assets.Client/Content/content-types.txt"));
File.WriteAllText(output, text.ToString()); // UTF-8, no byte order mark
Console.WriteLine(
    string.Create(CultureInfo.InvariantCulture, $"{output}: {types.Count} extensions from mime-db {version}")
);
return 0;

// The rules of mime-score, as in mime-types 3: the facet of the name comes first (RFC 6838, section 3), then the source that
// defined the type, then its top-level type, then the shorter name. The steps are wide enough that no later rule
// outweighs an earlier one. application/octet-stream has the lowest priority.
int Score(string type)
{
    if (type == "application/octet-stream")
    {
        return 0;
    }

    var slash = type.IndexOf('/', StringComparison.Ordinal);
    var facet = type[(slash + 1)..] switch
    {
        var name when name.StartsWith("prs.", StringComparison.Ordinal) => 100,
        var name when name.StartsWith("x-", StringComparison.Ordinal) => 200,
        var name when name.StartsWith("x.", StringComparison.Ordinal) => 300,
        var name when name.StartsWith("vnd.", StringComparison.Ordinal) => 400,
        _ => 900,
    };
    var source = database.RootElement.GetProperty(type).TryGetProperty("source", out var value)
        ? value.GetString()
        : null;
    var authority = source switch
    {
        "iana" => 40,
        "apache" => 20,
        "nginx" => 10,
        _ => 30,
    };
    var kind = type[..slash] switch
    {
        "video" => 3,
        "audio" or "font" => 2,
        "application" => 1,
        _ => 0,
    };
    return (100 * (facet + authority + kind)) - type.Length;
}
