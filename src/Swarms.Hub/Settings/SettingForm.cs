using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Swarms.Hub.Settings;

/// <summary>
/// How one setting is written, which its property's type, name and attributes say. Refuses any other text with a sentence that has the
/// setting's name, the allowed form and the text.
/// </summary>
internal sealed class SettingForm(string name, PropertyInfo property)
{
    public string Name { get; } = name;

    public PropertyInfo Property { get; } = property;

    public bool IsList { get; } = property.PropertyType.IsAssignableFrom(typeof(List<string>));

    private Type Type { get; } = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

    private bool IsSize => Property.Name.EndsWith("Bytes", StringComparison.Ordinal);

    /// <summary>Returns the value; or null, and the sentence that refuses the text.</summary>
    /// <param name="text">The text, as it was typed.</param>
    /// <param name="usual">The default, which serves as the example.</param>
    public (object? Value, string? Refusal) Read(string text, object? usual)
    {
        if (Type == typeof(TimeSpan))
            return ReadTime(text, usual);

        if (Type == typeof(int) || Type == typeof(long))
            return ReadNumber(text, usual);

        if (Type == typeof(decimal))
            return ReadDecimal(text);

        if (Type == typeof(bool))
            return bool.TryParse(text, out var value) ? (value, null) : Refuse("true or false", text);

        if (Type.IsEnum)
            return ReadWord(text);

        if (Type == typeof(Uri))
        {
            return Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var address)
                ? (address, null)
                // An address may hold a password.
                : (null, $"{Name} must be an address such as {usual ?? "https://example.org"}.");
        }

        return ReadText(text);
    }

    private (object?, string?) ReadTime(string text, object? usual)
    {
        var range = Property.GetCustomAttribute<RangeAttribute>();
        var (min, max) = (Time(range?.Minimum) ?? TimeSpan.Zero, Time(range?.Maximum) ?? TimeSpan.MaxValue);
        if (SettingText.TryReadTime(text, out var time) && time >= min && time <= max)
            return (time, null);

        var advice = SettingText.TryReadNumber(text, out _) ? $" A time has a unit: {text.Trim()} s, {text.Trim()} min." : "";
        var (value, refusal) = Refuse(
            $"{SettingText.Time(min)} to {SettingText.Time(max)}, such as {SettingText.Time((TimeSpan)usual!)}", text);
        return (value, refusal + advice);
    }

    private (object?, string?) ReadNumber(string text, object? usual)
    {
        var range = Property.GetCustomAttribute<RangeAttribute>();
        var min = range is null ? long.MinValue : Convert.ToInt64(range.Minimum, CultureInfo.InvariantCulture);
        var max = range is null ? long.MaxValue : Convert.ToInt64(range.Maximum, CultureInfo.InvariantCulture);
        var isRead = IsSize ? SettingText.TryReadBytes(text, out var number) : SettingText.TryReadNumber(text, out number);
        if (isRead && number >= min && number <= max)
            return (Convert.ChangeType(number, Type, CultureInfo.InvariantCulture), null);

        var example = Convert.ToInt64(usual, CultureInfo.InvariantCulture);
        return Refuse(
            IsSize
                ? $"{SettingText.Bytes(min)} to {SettingText.Bytes(max)}, such as {SettingText.Bytes(example)}"
                : $"a whole number from {SettingText.Number(min)} to {SettingText.Number(max)}",
            text);
    }

    private (object?, string?) ReadDecimal(string text)
    {
        const NumberStyles Form = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
        var range = Property.GetCustomAttribute<RangeAttribute>();
        var max = range is null ? decimal.MaxValue : Convert.ToDecimal(range.Maximum, CultureInfo.InvariantCulture);
        return decimal.TryParse(text, Form, CultureInfo.InvariantCulture, out var number) && number <= max
            ? (number, null)
            : Refuse($"a number from 0 to {max.ToString("N0", CultureInfo.InvariantCulture)}, such as 0.5", text);
    }

    private (object?, string?) ReadWord(string text)
    {
        // A number would pass as an enum's value too.
        var word = Enum.GetNames(Type).FirstOrDefault(word => word.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase));
        return word is null ? Refuse(string.Join(" or ", Enum.GetNames(Type)), text) : (Enum.Parse(Type, word), null);
    }

    // The text may be a secret, so it is repeated only where an attribute gives its form.
    private (object?, string?) ReadText(string text)
    {
        if (Property.GetCustomAttribute<RequiredAttribute>() is not null && string.IsNullOrWhiteSpace(text))
            return (null, $"{Name} must not be empty.");

        if (Property.GetCustomAttribute<MinLengthAttribute>() is { Length: var least } && text.Trim().Length is var length
            && length > 0 && length < least)
        {
            return (null, $"{Name} must have at least {least} characters, but has {length}.");
        }

        return Property.GetCustomAttribute<RegularExpressionAttribute>() is { } form && !Regex.IsMatch(text, form.Pattern)
            ? Refuse(form.ErrorMessage!, text)
            : (text, null);
    }

    private (object?, string?) Refuse(string form, string text) =>
        (null, $"{Name} must be {form}, but is {(string.IsNullOrWhiteSpace(text) ? "empty" : $"'{text}'")}.");

    private static TimeSpan? Time(object? bound) =>
        bound is string text ? TimeSpan.Parse(text, CultureInfo.InvariantCulture) : (TimeSpan?)bound;
}
