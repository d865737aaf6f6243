# Reads drafts with Ruby's YAML and compares them with what was set.
require 'date'
require 'json'
require 'yaml'

# Figures as they are written: no reader's floats.
def plain(node)
  case node
  when Psych::Nodes::Mapping
    node.children.each_slice(2).to_h { |key, value| [key.value, plain(value)] }
  when Psych::Nodes::Sequence
    node.children.map { |child| plain(child) }
  else
    seen = Psych::Visitors::ToRuby.create.accept(node)
    return '' if seen.nil?
    return node.value.sub(/\n+\z/, '') if seen.is_a?(String) || seen.is_a?(Numeric) && node.plain
    seen.inspect
  end
end

def find(tree, address)
  address.split('.').reduce(tree) { |at, key| at.is_a?(Hash) ? at.fetch(key, '') : '' }
end

# A text that Ruby takes for a number is a fault; a figure must be one.
def figure?(address)
  address.count('.') > 1 || (address.start_with?('disclosure.') && !address.end_with?('note'))
end

def numbers(node, path, out)
  node.children.each_slice(2) do |key, value|
    here = path + [key.value]
    if value.is_a?(Psych::Nodes::Mapping)
      numbers(value, here, out)
    elsif value.is_a?(Psych::Nodes::Scalar)
      out[here.join('.')] = Psych::Visitors::ToRuby.create.accept(value)
    end
  end
end

wrong = 0
ARGV.each do |name|
  root = YAML.parse(File.binread(name).force_encoding('UTF-8')).root
  tree = plain(root)
  seen = {}
  numbers(root, [], seen)
  JSON.parse(File.read(name.sub('.yaml', '.json'), encoding: 'UTF-8')).each do |address, value|
    kind = seen[address]
    fine = find(tree, address) == value
    fine &&= kind.nil? || (figure?(address) ? kind.is_a?(Numeric) : kind.is_a?(String))
    next if fine
    wrong += 1
    puts "#{name}: #{address}: #{kind.inspect}, set was #{value.inspect}"
  end
end
puts wrong.zero? ? 'Ruby: all files read the same' : "Ruby: #{wrong} differ"
