namespace Serverless.Assets.TestSupport;

/// <summary>An operation of an <see cref="OpenApiDescription"/>.</summary>
/// <param name="Method">In upper case.</param>
/// <param name="Template">The path, such as <c>/v1/Services/{Sid}</c>.</param>
internal sealed record OpenApiOperation(string Method, string Template)
{
    private readonly string[] _segments = Template.Split('/');

    public IReadOnlyList<OpenApiParameter> Parameters { get; init; } = [];

    /// <summary>The schemas of the bodies, by status; null if a response has no body.</summary>
    public IReadOnlyDictionary<int, OpenApiSchema?> Responses { get; init; } = new Dictionary<int, OpenApiSchema?>();

    public bool Matches(string method, string path) => Method == method && MatchPath(path) is not null;

    /// <summary>The values of the path's parameters; null if the path is another.</summary>
    public IReadOnlyDictionary<string, string>? MatchPath(string path)
    {
        var segments = path.Split('/');
        if (segments.Length != _segments.Length)
        {
            return null;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (expected, actual) in _segments.Zip(segments))
        {
            if (expected.StartsWith('{'))
            {
                values[expected.Trim('{', '}')] = Uri.UnescapeDataString(actual);
            }
            else if (expected != actual)
            {
                return null;
            }
        }

        return values;
    }
}

/// <summary>A parameter of a path or a query, or a field of a form.</summary>
/// <param name="Location"><c>path</c>, <c>query</c> or <c>form</c>.</param>
internal sealed record OpenApiParameter(string Location, string Name, bool IsRequired, OpenApiSchema Schema);
