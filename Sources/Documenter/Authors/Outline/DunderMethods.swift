/// What the data model says each special method does; `$1` is its first parameter.
enum DunderMethods {
    /// The summary for a special method; `nil` for a name without a fixed meaning.
    static func summary(of name: String, parameter: String?) -> String? {
        guard name.hasPrefix("__"), let template = table[name] else { return nil }
        guard let end = template.end else { return template.start }
        return parameter.map { "\(template.start)`\($0)`\(end)" }
    }

    /// What stands before the parameter and behind it.
    private struct Template {
        let start: String
        let end: String?
    }

    private static let table: [String: Template] = {
        var table: [String: Template] = [:]
        for line in lines.split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 1)
            let pieces = parts[1].split(separator: "$", maxSplits: 1)
            table["__\(parts[0])__"] = Template(
                start: String(pieces[0]),
                end: pieces.count > 1 ? String(pieces[1].dropFirst()) : nil
            )
        }
        return table
    }()

    private static let lines = """
        new Create a new instance.
        del Clean up before the instance is destroyed.
        repr Return the representation of the instance for developers.
        str Return the instance as a string.
        bytes Return the instance as bytes.
        format Return the instance formatted by $1.
        lt Return whether the instance is less than $1.
        le Return whether the instance is less than or equal to $1.
        eq Return whether the instance is equal to $1.
        ne Return whether the instance is not equal to $1.
        gt Return whether the instance is greater than $1.
        ge Return whether the instance is greater than or equal to $1.
        hash Return the hash of the instance.
        bool Return the truth value of the instance.
        nonzero Return the truth value of the instance.
        getattr Return the attribute $1, which normal lookup has not found.
        getattribute Return the attribute $1.
        setattr Set the attribute $1.
        delattr Delete the attribute $1.
        dir Return the names of the attributes.
        get Return the value of the attribute that this descriptor manages.
        set Set the value of the attribute that this descriptor manages.
        delete Delete the value of the attribute that this descriptor manages.
        set_name Take note of the class and the name given to this descriptor.
        init_subclass Set up a new subclass.
        prepare Return the namespace for the body of a new class.
        instancecheck Return whether $1 counts as an instance of the class.
        subclasscheck Return whether $1 counts as a subclass of the class.
        subclasshook Return whether $1 counts as a subclass of the class.
        class_getitem Return the class parametrized by $1.
        mro_entries Return the classes that replace the instance among bases.
        call Call the instance as a function.
        len Return the number of items.
        length_hint Return an estimate of the number of items.
        getitem Return the item for $1.
        setitem Set the item for $1.
        delitem Delete the item for $1.
        missing Return the item for $1, which is not in the dictionary.
        iter Return an iterator over the items.
        next Return the next item.
        reversed Return an iterator over the items in reverse.
        contains Return whether $1 is contained.
        add Return the sum of the instance and $1.
        sub Return the difference of the instance and $1.
        mul Return the product of the instance and $1.
        matmul Return the matrix product of the instance and $1.
        truediv Return the quotient of the instance and $1.
        floordiv Return the floored quotient of the instance and $1.
        mod Return the remainder of the instance divided by $1.
        divmod Return the quotient and the remainder for $1.
        pow Return the instance raised to the power $1.
        lshift Return the instance shifted left by $1.
        rshift Return the instance shifted right by $1.
        and Return the bitwise and of the instance and $1.
        xor Return the bitwise exclusive or of the instance and $1.
        or Return the bitwise or of the instance and $1.
        radd Return the sum of $1 and the instance.
        rsub Return the difference of $1 and the instance.
        rmul Return the product of $1 and the instance.
        rmatmul Return the matrix product of $1 and the instance.
        rtruediv Return the quotient of $1 and the instance.
        rfloordiv Return the floored quotient of $1 and the instance.
        rmod Return the remainder of $1 divided by the instance.
        rdivmod Return the quotient and the remainder of $1 by the instance.
        rpow Return $1 raised to the power of the instance.
        rlshift Return $1 shifted left by the instance.
        rrshift Return $1 shifted right by the instance.
        rand Return the bitwise and of $1 and the instance.
        rxor Return the bitwise exclusive or of $1 and the instance.
        ror Return the bitwise or of $1 and the instance.
        iadd Add $1 in place.
        isub Subtract $1 in place.
        imul Multiply by $1 in place.
        imatmul Multiply by the matrix $1 in place.
        itruediv Divide by $1 in place.
        ifloordiv Divide by $1 in place, rounding down.
        imod Take the remainder by $1 in place.
        ipow Raise to the power $1 in place.
        ilshift Shift left by $1 in place.
        irshift Shift right by $1 in place.
        iand Apply the bitwise and with $1 in place.
        ixor Apply the bitwise exclusive or with $1 in place.
        ior Apply the bitwise or with $1 in place.
        neg Return the instance negated.
        pos Return the instance with a plus sign applied.
        abs Return the absolute value of the instance.
        invert Return the bitwise inverse of the instance.
        complex Return the instance as a complex number.
        int Return the instance as an integer.
        float Return the instance as a float.
        index Return the instance as an integer, for use as an index.
        round Return the instance rounded.
        trunc Return the instance truncated to an integer.
        floor Return the instance rounded down.
        ceil Return the instance rounded up.
        enter Enter the context.
        exit Leave the context.
        aenter Enter the asynchronous context.
        aexit Leave the asynchronous context.
        await Return an iterator for awaiting the instance.
        aiter Return an asynchronous iterator over the items.
        anext Return the next item, asynchronously.
        fspath Return the path in the file system.
        buffer Return a buffer over the memory of the instance.
        release_buffer Release the buffer $1.
        copy Return a shallow copy of the instance.
        deepcopy Return a deep copy of the instance.
        replace Return a copy with some fields replaced.
        getstate Return the state for pickling.
        setstate Restore the state from $1.
        reduce Return what pickling needs to rebuild the instance.
        reduce_ex Return what pickling in the protocol $1 needs.
        getnewargs Return the arguments for `__new__` on unpickling.
        getnewargs_ex Return the arguments for `__new__` on unpickling.
        sizeof Return the size of the instance in bytes.
        post_init Complete the initialization after the fields are set.
        """
}
