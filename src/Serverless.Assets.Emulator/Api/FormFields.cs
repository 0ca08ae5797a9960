using Microsoft.Extensions.Primitives;

namespace Serverless.Assets.Emulator.Api;

/// <summary>The names and values of a form, in the order of the request.</summary>
internal sealed class FormFields
{
    /// <summary>
    /// High enough that a Build with too many versions gets the service's error instead of the emulator's.
    /// </summary>
    private const int MaxFields = 10_000;

    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);
    private int _count;

    /// <exception cref="ApiException">There are too many fields.</exception>
    public void Add(string name, string value)
    {
        if (++_count > MaxFields)
        {
            throw ApiException.Invalid($"The post body has more than {MaxFields} fields");
        }

        if (!_values.TryGetValue(name, out var values))
        {
            _values.Add(name, values = []);
        }

        values.Add(value);
    }

    /// <summary>The values of each field.</summary>
    public IReadOnlyDictionary<string, StringValues> ToDictionary() =>
        _values.ToDictionary(
            field => field.Key,
            field => new StringValues(field.Value.ToArray()),
            StringComparer.Ordinal
        );

    public IReadOnlyList<string> FindAll(string name) => _values.TryGetValue(name, out var values) ? values : [];
}
