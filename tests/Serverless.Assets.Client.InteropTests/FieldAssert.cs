using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Newtonsoft.Json.Linq;

namespace Serverless.Assets.Client.InteropTests;

/// <summary>Compares resources of different libraries by the fields of one of their types.</summary>
internal static class FieldAssert
{
    /// <summary>
    /// Asserts that all resources have equal values in every public property of a type, also in one that is added later.
    /// The others must have properties of the same names.
    /// </summary>
    /// <typeparam name="T">Usually the resource of our client, because Twilio's has more fields.</typeparam>
    public static void Same<T>(object first, params IEnumerable<object> others)
    {
        var expected = Describe(first, typeof(T));
        Assert.Contains("\nSid: ", expected, StringComparison.Ordinal);
        Assert.NotEmpty(others);
        Assert.All(others, other => Assert.Equal(expected, Describe(other, typeof(T))));
    }

    /// <summary>Asserts that two lists have equal resources in the same order.</summary>
    /// <inheritdoc cref="Same{T}(object, IEnumerable{object})"/>
    public static void SameList<T>(IEnumerable<object> first, IEnumerable<object> second) =>
        Assert.Equal(
            first.Select(resource => Describe(resource, typeof(T))),
            second.Select(resource => Describe(resource, typeof(T)))
        );

    /// <summary>A line for each property of the shape.</summary>
    private static string Describe(object resource, Type shape) =>
        string.Concat(
            shape
                .GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.GetCustomAttribute<JsonIgnoreAttribute>() is null) // is computed
                .OrderBy(property => property.Name, StringComparer.Ordinal)
                .Select(property =>
                    $"\n{property.Name}: {Format(GetValue(resource, property.Name), GetFieldType(property))}"
                )
        );

    private static Type GetFieldType(PropertyInfo property) =>
        Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

    private static object? GetValue(object resource, string name) =>
        resource switch
        {
            JObject json => json[JsonNamingPolicy.SnakeCaseLower.ConvertName(name)], // such as a version in a Build
            _ when resource.GetType().GetProperty(name) is { } property => property.GetValue(resource),
            _ => throw new InvalidOperationException($"{resource.GetType()} has no property {name}."),
        };

    /// <param name="type">The type of the property in the shape.</param>
    private static string Format(object? value, Type type) =>
        value switch
        {
            null or JValue { Value: null } => "null",
            JValue json => Format(json.Value, type),
            DateTime time => Format(new DateTimeOffset(time), type),
            DateTimeOffset time => time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
            Uri address => address.AbsoluteUri,
            IDictionary links => string.Join(
                ", ",
                links.Keys.Cast<string>().Order(StringComparer.Ordinal).Select(key => $"{key}: {links[key]}")
            ),
            string text when type.IsEnum => text.ToUpperInvariant(), // a Build has the visibility in upper case
            string text => text,
            IEnumerable items => string.Concat(
                items.Cast<object>().Select(item => Describe(item, type.GetGenericArguments().Single()) + "\n")
            ),
            _ when type.IsEnum => value.ToString()!.ToUpperInvariant(),
            _ => value.ToString()!,
        };
}
