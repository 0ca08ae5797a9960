using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Serverless.Assets.TestSupport;

/// <summary>
/// Finds interpolated strings with a fraction or a time that is formatted in the current culture. The analyzers of
/// .NET (CA1305) find calls, but not <c>$"{seconds:0.0}"</c>.
/// </summary>
internal static class CultureScan
{
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes)
        .GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    private static readonly string[] Sensitive =
    [
        "System.Single",
        "System.Double",
        "System.Decimal",
        "System.DateTime",
        "System.DateTimeOffset",
        "System.DateOnly",
        "System.TimeOnly",
        "System.TimeSpan",
    ];

    /// <returns>The methods, with the types that they format.</returns>
    public static IReadOnlyList<string> Find(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        var found = new List<string>();
        foreach (var method in metadata.MethodDefinitions.Select(metadata.GetMethodDefinition))
        {
            if (method.RelativeVirtualAddress != 0)
            {
                var type = metadata.GetTypeDefinition(method.GetDeclaringType());
                found.AddRange(
                    Find(metadata, file.GetMethodBody(method.RelativeVirtualAddress).GetILReader())
                        .Select(formatted =>
                            $"{metadata.GetString(type.Name)}.{metadata.GetString(method.Name)}: {formatted}"
                        )
                );
            }
        }

        return found;
    }

    private static List<string> Find(MetadataReader metadata, BlobReader code)
    {
        var found = new List<string>();
        var hasCulture = false;
        while (code.RemainingBytes > 0)
        {
            var first = code.ReadByte();
            var operation = Codes[first == 0xFE ? (short)((first << 8) | code.ReadByte()) : first];
            if (operation.OperandType == OperandType.InlineMethod)
            {
                var called = CalledMethod.Read(metadata, MetadataTokens.EntityHandle(code.ReadInt32()));
                if (called.Type.EndsWith("InterpolatedStringHandler", StringComparison.Ordinal))
                {
                    hasCulture =
                        called.Name == ".ctor" ? called.Parameters.Contains("System.IFormatProvider") : hasCulture;
                    if (called.Type.StartsWith("System.", StringComparison.Ordinal) && !hasCulture)
                    {
                        found.AddRange(
                            called.Arguments.Where(type =>
                                Sensitive.Any(name => type.Contains(name, StringComparison.Ordinal))
                            )
                        );
                    }
                }
            }
            else
            {
                // Not in one statement, which would take the offset from before the number of targets was read.
                var operandSize = operation.OperandType switch
                {
                    OperandType.InlineNone => 0,
                    OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                    OperandType.InlineVar => 2,
                    OperandType.InlineI8 or OperandType.InlineR => 8,
                    OperandType.InlineSwitch => 4 * code.ReadInt32(),
                    _ => 4,
                };
                code.Offset += operandSize;
            }
        }

        return found;
    }

    /// <param name="Arguments">The type arguments.</param>
    private sealed record CalledMethod(
        string Type,
        string Name,
        ImmutableArray<string> Parameters,
        ImmutableArray<string> Arguments
    )
    {
        private static readonly TypeNames Names = new();

        public static CalledMethod Read(MetadataReader metadata, EntityHandle handle)
        {
            if (handle.Kind == HandleKind.MethodSpecification)
            {
                var generic = metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                return Read(metadata, generic.Method) with { Arguments = generic.DecodeSignature(Names, null) };
            }

            if (handle.Kind != HandleKind.MemberReference)
            {
                return new CalledMethod("", "", [], []);
            }

            var member = metadata.GetMemberReference((MemberReferenceHandle)handle);
            var type =
                member.Parent.Kind == HandleKind.TypeReference
                    ? TypeNames.GetName(metadata, (TypeReferenceHandle)member.Parent)
                    : "";
            return new CalledMethod(
                type,
                metadata.GetString(member.Name),
                member.DecodeMethodSignature(Names, null).ParameterTypes,
                []
            );
        }
    }

    /// <summary>Names of types, as far as they are needed here.</summary>
    private sealed class TypeNames : ISignatureTypeProvider<string, object?>
    {
        public static string GetName(MetadataReader reader, TypeReferenceHandle handle)
        {
            var type = reader.GetTypeReference(handle);
            return $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
        }

        public string GetArrayType(string elementType, ArrayShape shape) => elementType;

        public string GetByReferenceType(string elementType) => elementType;

        public string GetFunctionPointerType(MethodSignature<string> signature) => "";

        public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) =>
            $"{genericType}<{string.Join(',', typeArguments)}>";

        public string GetGenericMethodParameter(object? genericContext, int index) => "";

        public string GetGenericTypeParameter(object? genericContext, int index) => "";

        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

        public string GetPinnedType(string elementType) => elementType;

        public string GetPointerType(string elementType) => elementType;

        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => $"System.{typeCode}";

        public string GetSZArrayType(string elementType) => elementType;

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => "";

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
            GetName(reader, handle);

        public string GetTypeFromSpecification(
            MetadataReader reader,
            object? genericContext,
            TypeSpecificationHandle handle,
            byte rawTypeKind
        ) => reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);
    }
}
